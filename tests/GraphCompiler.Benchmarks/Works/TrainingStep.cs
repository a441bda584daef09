using GraphCompiler.Benchmarks.Measuring;

namespace GraphCompiler.Benchmarks.Works;

/// <summary>Calls of training graphs: a run and its loss.</summary>
internal static class TrainingStep
{
    /// <summary>A step whose loss is fetched.</summary>
    public static Action Of(Session session)
    {
        var (execution, loss) = (session.Execution, session.Compiled.Output<float>("loss"));
        return () =>
        {
            execution.Run();
            _ = execution.Scalar(loss);
        };
    }

    /// <summary>The loss that the forward pass of step <paramref name="pass"/> sees, the first being 1.</summary>
    public static double LossOfPass(Session session, int pass)
    {
        for (var i = 0; i < pass; i++)
        {
            session.Execution.Run();
        }

        return session.Output("loss")[0];
    }
}
