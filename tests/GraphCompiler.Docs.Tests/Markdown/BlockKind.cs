namespace GraphCompiler.Docs.Tests.Markdown;

/// <summary>What a page promises about a fenced block: the words after the language.</summary>
internal enum BlockKind
{
    /// <summary>No promise: only for other languages than C#.</summary>
    Plain,

    /// <summary><c>csharp run</c>: compiled and run, after the earlier ones of its program.</summary>
    Run,

    /// <summary><c>csharp run new</c>: the first block of a new program.</summary>
    RunNew,

    /// <summary><c>csharp excerpt</c>: occurs in a source file, or in what the page's programs print.</summary>
    Excerpt,

    /// <summary><c>csharp fragment</c>: would compile where its names are declared; they are all that it lacks.</summary>
    Fragment,

    /// <summary><c>text output</c> or <c>csharp output</c>: exactly what the block before it prints.</summary>
    Output,

    /// <summary>C# without a promise, or with one that nobody knows.</summary>
    Unmarked,
}
