using System.Text;
using Spectre.Console;

namespace GraphCompiler.Tool.Cli;

/// <summary>Where output goes. Where nobody looks at it (a pipe, a file) it is plain text, and lines are as long as they are.</summary>
internal sealed class Terminal
{
    private const int Unbounded = 10_000;

    public Terminal(TextWriter output, TextWriter error, bool isInteractive)
    {
        (Output, Error, IsInteractive) = (output, error, isInteractive);
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!isInteractive)
        {
            Console.Profile.Width = Unbounded;
        }
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Whether somebody looks at it, in colours.</summary>
    public bool IsInteractive { get; }

    /// <summary>The output, with colours where it has them.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Columns of a picture made of characters.</summary>
    public int PictureWidth => IsInteractive ? Math.Clamp(Console.Profile.Width, 60, 200) : 120;

    /// <summary>One line of pieces, each in a style of Spectre's or plain.</summary>
    public void Line(params ReadOnlySpan<(string Text, string? Style)> pieces)
    {
        if (!IsInteractive)
        {
            var line = new StringBuilder();
            foreach (var (text, _) in pieces)
            {
                line.Append(text);
            }

            Output.Write($"{line.ToString().TrimEnd(' ')}\n");
            return;
        }

        foreach (var (text, style) in pieces)
        {
            Console.Write(new Text(text, style is null ? null : Style.Parse(style)) { Overflow = Overflow.Fold });
        }

        Console.WriteLine();
    }

    /// <summary>One plain line.</summary>
    public void Line(string text = "") => Line((text, null));
}
