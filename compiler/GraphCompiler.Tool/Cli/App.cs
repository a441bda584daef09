using System.CommandLine;
using System.Globalization;
using GraphCompiler.Diagnostics;
using GraphCompiler.Runtime;

namespace GraphCompiler.Tool.Cli;

/// <summary>The program: command line in, text and an exit code out.</summary>
internal static class App
{
    /// <summary>Does what the arguments say.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="terminal">Receives results and errors.</param>
    /// <param name="cancellation">Ends it soon; what a graph's own code is doing then is left behind.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var result = Root(terminal, cancellation).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                terminal.Error.WriteLine($"error: {error.Message.TrimEnd('.')}");
            }

            terminal.Error.WriteLine($"See graphc{NameOf(result.CommandResult.Command)} --help");
            return ExitCode.Usage;
        }

        try
        {
            var invocation = new InvocationConfiguration
            {
                Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            };

            // On another thread: code of the user's that does not return can be left behind.
            return await Task.Run(() => result.Invoke(invocation), CancellationToken.None).WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return Fail("cancelled", ExitCode.Cancelled);
        }
        catch (Exception e) when (e is UserError or GraphException)
        {
            return Fail($"error: {e.Message}", ExitCode.Error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"error: {e.Message}", ExitCode.Error);
        }
        catch (InternalCompilerException e)
        {
            return Fail(e.Message, ExitCode.Internal);
        }

        int Fail(string text, int code)
        {
            terminal.Output.Flush();
            terminal.Error.WriteLine(Harmless(text));
            return code;
        }
    }

    // What a graph's own code throws may hold anything: here it is text.
    private static string Harmless(string text) => string.Concat(text.Select(static c =>
        c is '\n' or '\t' || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format) ? c : '?'));

    private static RootCommand Root(Terminal terminal, CancellationToken cancellation) =>
        new("Looks into computation graphs: what is fused, what is generated, what memory it takes, where the time goes.")
        {
            InspectCommand.Create(terminal, cancellation),
            EmitCommand.Create(terminal, cancellation),
            ExplainCommand.Create(terminal, cancellation),
            ProfileCommand.Create(terminal, cancellation),
        };

    private static string NameOf(Command command) => command is RootCommand ? "" : $" {command.Name}";
}
