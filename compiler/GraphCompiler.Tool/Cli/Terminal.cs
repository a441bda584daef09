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
        Console = isInteractive
            ? Create(output, AnsiSupport.Detect, ColorSystemSupport.Detect)
            : Plain(output);
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

    /// <summary>A table; where it is plain text, without the blanks that fill its lines.</summary>
    public void Table(Table table)
    {
        if (IsInteractive)
        {
            Console.Write(table);
            return;
        }

        using var text = new StringWriter();
        Plain(text).Write(table);
        foreach (var line in text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            Output.Write($"{line.TrimEnd(' ')}\n");
        }
    }

    /// <summary>One plain line.</summary>
    public void Line(string text = "") => Line((text, null));

    private static IAnsiConsole Plain(TextWriter output)
    {
        var console = Create(output, AnsiSupport.No, ColorSystemSupport.NoColors);
        console.Profile.Width = Unbounded;
        return console;
    }

    private static IAnsiConsole Create(TextWriter output, AnsiSupport ansi, ColorSystemSupport colors) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(output),
        Ansi = ansi,
        ColorSystem = colors,
        Interactive = InteractionSupport.No,
    });
}
