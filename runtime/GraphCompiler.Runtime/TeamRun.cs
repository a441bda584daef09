using System.Runtime.CompilerServices;
using GraphCompiler.Runtime.State;
using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Runtime;

/// <summary>Runs a program's code on memory and variables: their gate, then the team.</summary>
internal sealed class TeamRun
{
    private readonly CompiledProgram _program;
    private readonly Variables _variables;
    private readonly int _workers;
    private readonly StepBarrier _barrier = new();
    private readonly ExecutionBody _body;
    private readonly ExecutionBody? _commit;
    private readonly RunValues? _values;

    /// <param name="program">What to run.</param>
    /// <param name="memory">What to run it on.</param>
    /// <param name="variables">Those that it is bound to.</param>
    /// <param name="workers">The most threads that a run uses.</param>
    /// <param name="symbols">For the program's check, if it has one.</param>
    public TeamRun(CompiledProgram program, ExecutionMemory memory, Variables variables, int workers, SymbolValues? symbols = null)
    {
        (_program, _variables, _workers) = (program, variables, workers);
        _body = new ExecutionBody(program.Entry, memory, _barrier);
        _commit = program.Commit is { } commit ? new ExecutionBody(commit, memory, _barrier) : null;
        _values = program.Check is not null && symbols is not null ? new RunValues(memory, symbols, program.Layout) : null;
    }

    /// <summary>Threads that took part in the last run: fewer than asked for when the team was busy.</summary>
    public int WorkersOfLastRun { get; private set; }

    /// <summary>The most threads that are of use to a program.</summary>
    public static int WorkersOf(CompiledProgram program, int? asked) =>
        Math.Min(Math.Min(asked ?? int.MaxValue, program.Parallelism), WorkerTeam.Shared.Size);

    /// <summary>
    /// Every worker's share of a whole run, exclusive of other users of the variables where it updates them.
    /// </summary>
    /// <exception cref="GraphException">GRC0424: others use the variables.</exception>
    /// <exception cref="ObjectDisposedException">The variables have been disposed.</exception>
    public void Run()
    {
        if (_program.Variables.IsEmpty)
        {
            RunOnTeam();
        }
        else if (_program.Layout.WritesVariables)
        {
            _variables.AcquireExclusive();
            try
            {
                RunOnTeam();
            }
            finally
            {
                _variables.ReleaseExclusive();
            }
        }
        else
        {
            _variables.AcquireShared();
            try
            {
                RunOnTeam();
            }
            finally
            {
                _variables.ReleaseShared();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunOnTeam()
    {
        RunOnTeam(_body);
        if (_values is not null)
        {
            CheckAndCommit();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunOnTeam(ExecutionBody body)
    {
        if (_workers == 1)
        {
            body.Execute(0, 1);
            WorkersOfLastRun = 1;
        }
        else
        {
            WorkersOfLastRun = WorkerTeam.Shared.Run(body, _workers, _barrier);
        }
    }

    private void CheckAndCommit()
    {
        _program.Check!.Check(_values!);
        if (_commit is not null)
        {
            RunOnTeam(_commit);
        }
    }
}
