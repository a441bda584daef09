namespace GraphCompiler.Runtime.State;

/// <summary>What has a path and is neither a file on a disk nor a folder: devices, pipes, sockets.</summary>
internal static class SpecialFile
{
    private const string Devices = "/dev/";
    private const string WindowsDevices = @"\\.\";

    /// <summary>True where such a thing is, or a link to one.</summary>
    /// <param name="path">In full.</param>
    public static bool IsAt(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return path.StartsWith(WindowsDevices, StringComparison.Ordinal);
        }

        return PosixStatus.TryRead(path, out var status)
            ? !status.IsFile && !status.IsFolder
            : path.StartsWith(Devices, StringComparison.Ordinal) && File.Exists(path);
    }
}
