using Mnist.Cli;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true; // let the step in progress end, and everything be disposed
    cancellation.Cancel();
};
return App.Run(args, Console.Out, Console.Error, terminal: !Console.IsOutputRedirected, cancellation.Token);
