namespace GraphCompiler.Build;

/// <summary>A file as it should be.</summary>
/// <param name="Definition">What it is generated from.</param>
/// <param name="Entry">Its name, and what identifies it.</param>
/// <param name="Text">The code; null where the file on the disk is known to hold it.</param>
/// <param name="Map">Which line comes from where; null where the file on the disk is known to hold it.</param>
internal sealed record GeneratedFile(GraphDefinition Definition, ManifestEntry Entry, string? Text, string? Map);
