namespace GraphCompiler.Runtime.Threading;

/// <summary>What every worker of a <see cref="WorkerTeam"/> executes, each for its own share of the work.</summary>
public interface IWorkerBody
{
    /// <summary>Does one worker's share of a step.</summary>
    /// <param name="worker">
    /// This worker, from 0 to <paramref name="workers"/> − 1; 0 is the thread that called <see cref="WorkerTeam.Run"/>.
    /// </param>
    /// <param name="workers">Workers in this step, at least 1; it may be fewer than were asked for.</param>
    void Execute(int worker, int workers);
}
