using System.Globalization;
using GraphCompiler.CodeGen;
using GraphCompiler.Runtime;

namespace GraphCompiler.Ahead;

/// <summary>
/// The class that a user meets. It stands in the user's namespace, so every name in it is said in full.
/// </summary>
internal sealed class ClassWriter(EmitNames names, EmitOptions options, IReadOnlyList<AheadProgram> programs, CodeWriter text)
{
    private const string Runtime = "global::GraphCompiler.Runtime";

    // The first one is what there is memory for; a second one is its companion.
    private readonly AheadProgram _main = programs[0];
    private readonly TypedMembers _members = new(names.ClassName, programs[0].Layout);

    private bool Trains => _main.Layout.WritesVariables;

    public void Write()
    {
        if (names.Namespace.Length > 0)
        {
            text.Open($"namespace {names.Namespace}");
        }

        Documentation();
        text.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"GraphCompiler\", \"{SourceEmitter.Version}\")]");
        text.Open($"{(options.Visibility == EmitVisibility.Public ? "public" : "internal")} sealed partial class {names.ClassName} : global::System.IDisposable");
        Fields();
        Constructor();
        Symbols();
        Inputs();
        Outputs();
        Methods();
        text.Close();
        if (names.Namespace.Length > 0)
        {
            text.Close();
        }
    }

    private void Documentation()
    {
        var methods = string.Join(" and ", programs.Select(static p => $"<see cref=\"{p.Method}\"/>"));
        text.Line($"/// <summary>Graph <c>{CSharpText.Xml(_main.Layout.Name)}</c>: memory to run it in, its variables, {methods}.</summary>");
        text.Line("/// <remarks>");
        text.Line("/// One thread at a time; several objects can share variables and run at once. A run allocates nothing on the managed");
        text.Line("/// heap. Spans are this object's own memory: they are valid until it is disposed, and as long as the symbols that");
        text.Line("/// they depend on keep their values.");
        text.Line("/// </remarks>");
    }

    private void Fields()
    {
        text.Line($"private readonly {Runtime}.Execution _execution;");
        foreach (var (kind, members) in new[] { ("Input", _members.Inputs), ("Output", _members.Outputs) })
        {
            foreach (var member in members)
            {
                text.Line($"private readonly {Runtime}.{kind}<{TypeOf(member)}> {member.Field};");
            }
        }

        if (programs.Count > 1)
        {
            text.Line($"private {Runtime}.Companion? _companion;");
        }

        text.Line();
    }

    private void Constructor()
    {
        text.Line("/// <summary>Allocates memory, for the largest values of all symbols.</summary>");
        text.Line("/// <param name=\"variables\">Parameters and state, shared with whoever else has them; missing ones are created with their initial values. Null: variables of its own, disposed with it.</param>");
        text.Line("/// <param name=\"workers\">The most threads that a run uses, at least 1; null: one for each processor. Results do not depend on it.</param>");
        text.Open($"public {names.ClassName}({Runtime}.State.Variables? variables = null, int? workers = null)");
        text.Line($"_execution = new {Runtime}.Execution(global::{names.Kernels}.{_main.ClassName}.Instance, variables, workers);");
        foreach (var member in _members.Inputs)
        {
            text.Line($"{member.Field} = _execution.Layout.Input<{TypeOf(member)}>({CSharpText.Literal(member.Slot.Name)});");
        }

        foreach (var member in _members.Outputs)
        {
            text.Line($"{member.Field} = _execution.Layout.Output<{TypeOf(member)}>({CSharpText.Literal(member.Slot.Name)});");
        }

        text.Close();
        text.Line();
        text.Line("/// <summary>The instructions that kernels use in this process: <c>Avx512</c>, <c>Avx2</c> or <c>Portable</c>.</summary>");
        text.Line($"public static string Instructions => global::{names.Kernels}.{_main.ClassName}.Instructions;");
        text.Line();
        text.Line("/// <summary>The parameters and state that runs read and update.</summary>");
        text.Line($"public {Runtime}.State.Variables Variables => _execution.Variables;");
        text.Line();
        text.Line("/// <summary>The most threads that a run uses, the caller's included.</summary>");
        text.Line("public int Workers => _execution.Workers;");
    }

    private void Symbols()
    {
        foreach (var (symbol, property, max) in _members.Symbols)
        {
            text.Line();
            text.Line($"/// <summary>The largest value of <see cref=\"{property}\"/>.</summary>");
            text.Line($"public const long {max} = {CSharpText.Literal(symbol.Max)};");
            text.Line();
            text.Line($"/// <summary>Symbol <c>{CSharpText.Xml(symbol.Name)}</c>, from 0 to <see cref=\"{max}\"/>: to be set before the first run; inputs that depend on it are then to be written.</summary>");
            text.Open($"public long {property}");
            text.Line($"get => _execution.ValueOf({CSharpText.Literal(symbol.Name)});");
            text.Line($"set => _execution.Bind({CSharpText.Literal(symbol.Name)}, value);");
            text.Close();
        }
    }

    private void Inputs()
    {
        foreach (var member in _members.Inputs)
        {
            text.Line();
            text.Line($"/// <summary>Input <c>{Describe(member)}</c>, row-major, to be written in place; it keeps its elements from run to run.</summary>");
            text.Line($"public global::System.Span<{TypeOf(member)}> {member.Property} => _execution.Span({member.Field});");
        }
    }

    private void Outputs()
    {
        foreach (var member in _members.Outputs)
        {
            text.Line();
            text.Line($"/// <summary>Output <c>{Describe(member)}</c>, row-major, as the last run left it.</summary>");
            text.Line($"public global::System.ReadOnlySpan<{TypeOf(member)}> {member.Property} => _execution.Span({member.Field});");
        }
    }

    private void Methods()
    {
        if (Trains)
        {
            text.Line();
            text.Line("/// <summary>Computes all outputs, with the variables as they are, and then updates the variables.</summary>");
            text.Line("public void Train() => _execution.Run();");
        }

        if (!Trains || programs.Count > 1)
        {
            text.Line();
            text.Line($"/// <summary>Computes all outputs from the inputs and variables of this moment{(Trains ? ", and leaves the variables as they are" : "")}.</summary>");
            text.Line(Trains
                ? $"public void Run() => (_companion ??= _execution.Accompany(global::{names.Kernels}.{programs[1].ClassName}.Instance)).Run();"
                : "public void Run() => _execution.Run();");
        }

        text.Line();
        text.Line("/// <summary>Writes all variables to a safetensors file, which is replaced as a whole.</summary>");
        text.Line("public void Save(string path) => _execution.Variables.Save(path);");
        text.Line();
        text.Line("/// <summary>Replaces the values of the variables by those of a safetensors file; an error changes nothing.</summary>");
        text.Line("/// <param name=\"path\">The file.</param>");
        text.Line("/// <param name=\"strict\">True: the file has these variables, all of them and no others.</param>");
        text.Line("public void Load(string path, bool strict = true) => _execution.Variables.Load(path, strict);");
        text.Line();
        text.Line("/// <summary>Frees the memory; variables that were given stay. A second call does nothing.</summary>");
        text.Line("public void Dispose() => _execution.Dispose();");
    }

    private static string TypeOf(TypedMembers.SlotMember member) => Literals.TypeOf(member.Slot.Type);

    private static string Describe(TypedMembers.SlotMember member) => string.Create(
        CultureInfo.InvariantCulture,
        $"{CSharpText.Xml(Diagnostics.DisplayName.Of(member.Slot.Name))}: {member.Slot.Type.Name()}{CSharpText.Xml(member.Shape)}");
}
