namespace GraphCompiler.Compile;

/// <summary>
/// The directory of the disk cache: code in it is executed, so nobody else may be able to write there.
/// </summary>
internal static class CacheDirectory
{
    private const string Folder = "graphcompiler";

    private const UnixFileMode WritableForOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The directory that <see cref="CompileOptions.CacheDirectory"/> means, or null for none.</summary>
    public static string? Resolve(string? option) =>
        option is not null ? (option.Length == 0 ? null : option)
        : Default(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME"),
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData));

    /// <summary>
    /// The directory of this user. Relative paths are ignored, as the XDG base directory specification wants it.
    /// </summary>
    public static string? Default(string? cacheHome, string localData) =>
        Path.IsPathFullyQualified(cacheHome ?? "") ? Path.Combine(cacheHome!, Folder)
        : localData.Length > 0 ? Path.Combine(localData, Folder)
        : null;

    /// <summary>Makes the directory if need be. False where it cannot be used, or must not be.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static bool TryOpen(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return true;
        }

        Directory.CreateDirectory(path, OwnerOnly);
        return (File.GetUnixFileMode(path) & WritableForOthers) == 0 && PosixOwner.IsCurrentUser(path);
    }
}
