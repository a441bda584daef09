using Mnist.Cli;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !cancellation.IsCancellationRequested; // let the step in progress end; the second time, end at once
    cancellation.Cancel();
};
return App.Run(args, Console.Out, Console.Error, terminal: !Console.IsOutputRedirected, cancellation.Token);
