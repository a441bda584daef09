using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Runtime;

/// <summary>Calls generated code on each worker of a team.</summary>
internal sealed class ExecutionBody(ProgramEntry entry, ExecutionMemory memory, StepBarrier barrier) : IWorkerBody
{
    // Addresses that do not change, read once: the memory is disposed after the last run only.
    private readonly nint _slots = memory.SlotTable;
    private readonly nint _symbols = memory.SymbolTable;
    private readonly nint _arena = memory.Arena;
    private readonly nint _scratch = memory.Scratch;
    private readonly nint _scratchStride = memory.ScratchStride;

    public void Execute(int worker, int workers)
    {
        var w = new Worker(worker, workers, _slots, _symbols, _arena, _scratch + worker * _scratchStride, barrier);
        entry(in w);
    }
}
