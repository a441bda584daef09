using System.Reflection;
using System.Runtime.CompilerServices;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime.Tests.Running;

public sealed class PublishedCodeTests
{
    [TestCase(typeof(float))]
    [TestCase(typeof(double))]
    [TestCase(typeof(int))]
    [TestCase(typeof(bool))]
    public void Names_OfAnElementType_AreAllGenericMembersThatApplicationsCall(Type element)
    {
        Type[] types = [typeof(ProgramLayout), typeof(Execution), typeof(Variable)];
        var members = types.SelectMany(static t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(static m => m.IsGenericMethodDefinition).Select(m => m.MakeGenericMethod(element).ToString());
        var named = PublishedCode.Names(Unmade<ProgramLayout>(), Unmade<Execution>(), Unmade<Variable>()).Cast<Delegate>()
            .Select(static d => d.Method).Where(m => m.GetGenericArguments()[0] == element).Select(static m => m.ToString());

        Assert.That(named, Is.EquivalentTo(members));
    }

    // Methods are named, not called; none of these types has a finalizer.
    private static T Unmade<T>()
        where T : class => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
