using Microsoft.Win32.SafeHandles;

namespace GraphCompiler.Runtime.State;

/// <summary>Replaces a file as a whole, or not at all.</summary>
internal static class AtomicFile
{
    private static int _count;

    /// <summary>
    /// Writes beside the file, flushes to the disk, and renames over it: a rename is atomic, so a reader sees the old
    /// or the new.
    /// </summary>
    /// <param name="path">The file; where it is a link, what it points at is replaced.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="GraphException">GRC0433: the system refuses.</exception>
    public static void Replace(string path, Action<SafeFileHandle> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string? temporary = null;
        try
        {
            var linked = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
            var target = linked?.FullName ?? Path.GetFullPath(path);

            // In the same folder, hence on the same disk; a name of this process and moment, so that two writers do not
            // meet.
            temporary = $"{target}.{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.tmp";
            using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(file);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            var text = $"Saving requires a file that can be written: \"{path}\": {e.Message}";
            throw new GraphException("GRC0433", text, inner: e);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static void Remove(string? temporary)
    {
        try
        {
            if (temporary is not null)
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What could not be written cannot be removed either; the first error is the one to tell.
        }
    }
}
