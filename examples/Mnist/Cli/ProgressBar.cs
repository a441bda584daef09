using Spectre.Console;

namespace Mnist.Cli;

/// <summary>A bar on the terminal while something lasts; it leaves no trace.</summary>
internal static class ProgressBar
{
    /// <summary>Does some work, and shows how far it is.</summary>
    /// <param name="visible">False: only does the work.</param>
    /// <param name="title">What the work is.</param>
    /// <param name="steps">How many steps it takes.</param>
    /// <param name="work">The work; it calls its argument after each step.</param>
    public static void Run(bool visible, string title, int steps, Action<Action> work)
    {
        if (!visible)
        {
            work(static () => { });
            return;
        }

        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: steps);
                work(() => task.Increment(1));
            });
    }
}
