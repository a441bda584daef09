using GraphCompiler.Tool.Cli;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !cancellation.IsCancellationRequested; // the second time, end at once
    cancellation.Cancel();
};
Console.OutputEncoding = System.Text.Encoding.UTF8;
return await App.RunAsync(args, new Terminal(Console.Out, Console.Error, !Console.IsOutputRedirected), cancellation.Token);
