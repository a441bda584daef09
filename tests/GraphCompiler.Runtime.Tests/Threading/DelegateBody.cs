using GraphCompiler.Runtime.Threading;

namespace GraphCompiler.Runtime.Tests.Threading;

/// <summary>A worker body from a lambda.</summary>
internal sealed class DelegateBody(Action<int, int> execute) : IWorkerBody
{
    public void Execute(int worker, int workers) => execute(worker, workers);
}
