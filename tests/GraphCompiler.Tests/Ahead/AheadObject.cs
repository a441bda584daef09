using System.Reflection;
using System.Runtime.ExceptionServices;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Tests.Ahead;

/// <summary>An object of a generated class, used by the names of its members.</summary>
internal sealed class AheadObject : IDisposable
{
    private delegate Span<T> Writable<T>();

    private delegate ReadOnlySpan<T> Readable<T>();

    private readonly object _instance;

    public AheadObject(Assembly assembly, string fullName, Variables? variables = null, int? workers = null) =>
        _instance = Activator.CreateInstance(assembly.GetType(fullName, throwOnError: true)!, variables, workers)!;

    public Variables Variables => (Variables)Get("Variables")!;

    public Span<T> Input<T>(string property) where T : unmanaged => Getter<Writable<T>>(property)();

    public T[] Output<T>(string property) where T : unmanaged => Getter<Readable<T>>(property)().ToArray();

    public object? Get(string property)
    {
        try
        {
            return Property(property).GetValue(_instance);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    public void Set(string property, long value) => Property(property).SetMethod!.CreateDelegate<Action<long>>(_instance)(value);

    public Action Method(string name) => _instance.GetType().GetMethod(name, [])!.CreateDelegate<Action>(_instance);

    public bool Has(string method) => _instance.GetType().GetMethod(method, []) is not null;

    public void Save(string path) => _instance.GetType().GetMethod("Save")!.CreateDelegate<Action<string>>(_instance)(path);

    public void Load(string path) => _instance.GetType().GetMethod("Load")!.CreateDelegate<Action<string, bool>>(_instance)(path, true);

    public void Call(string name) => Method(name)();

    public void Dispose() => ((IDisposable)_instance).Dispose();

    private TDelegate Getter<TDelegate>(string property) where TDelegate : Delegate =>
        Property(property).GetMethod!.CreateDelegate<TDelegate>(_instance);

    private PropertyInfo Property(string name) =>
        _instance.GetType().GetProperty(name) ?? throw new MissingMemberException(_instance.GetType().FullName, name);
}
