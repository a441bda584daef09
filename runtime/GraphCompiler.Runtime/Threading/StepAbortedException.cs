namespace GraphCompiler.Runtime.Threading;

/// <summary>
/// Unwinds the workers that wait for one that failed. <see cref="WorkerTeam.Run"/> drops it in favour of the failure
/// itself.
/// </summary>
internal sealed class StepAbortedException()
    : Exception("The step was aborted: another worker failed, or a barrier was aborted");
