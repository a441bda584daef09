using System.Collections.Immutable;
using GraphCompiler.Runtime.State;

namespace GraphCompiler.Runtime;

/// <summary>
/// Generated code and all that is needed to run it. Immutable: any number of executions, on any threads, share one.
/// </summary>
public sealed class CompiledProgram
{
    /// <summary>Takes a program as the code generator made it.</summary>
    /// <param name="layout">Its memory.</param>
    /// <param name="entry">Its code.</param>
    /// <param name="parallelism">The most workers that have something to do, at least 1.</param>
    /// <param name="variables">The declaration of each variable slot, in the order of the slots.</param>
    /// <param name="constants">The values of each constant slot.</param>
    /// <exception cref="GraphException">GRC0441: generated for another version of the runtime.</exception>
    /// <exception cref="ArgumentException">Layout, variables and constants do not belong together.</exception>
    public CompiledProgram(
        ProgramLayout layout,
        ProgramEntry entry,
        int parallelism,
        ImmutableArray<VariableInfo> variables,
        ImmutableArray<ProgramConstant> constants)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        LayoutCheck.Run(layout, variables, constants);
        Layout = layout;
        Entry = entry;
        Parallelism = parallelism;
        Variables = variables;
        Constants = constants;
    }

    /// <summary>The memory that it works on.</summary>
    public ProgramLayout Layout { get; }

    /// <summary>The most workers that have something to do in a run.</summary>
    public int Parallelism { get; }

    /// <summary>The declaration of each variable slot, in the order of the slots.</summary>
    public ImmutableArray<VariableInfo> Variables { get; }

    // A managed delegate: whoever holds it keeps generated code from being unloaded.
    internal ProgramEntry Entry { get; }

    internal ImmutableArray<ProgramConstant> Constants { get; }

    /// <summary>Looks at what a run computed, or null.</summary>
    internal IRunCheck? Check { get; init; }

    /// <summary>Changes variables after the check, where <see cref="Entry"/> does not.</summary>
    internal ProgramEntry? Commit { get; init; }
}
