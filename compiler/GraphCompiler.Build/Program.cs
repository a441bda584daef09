using GraphCompiler.Build;
using GraphCompiler.Runtime;

// What to do stands in a file, and so does what came of it: the console belongs to the graph files that are run.
if (args is not [var path])
{
    Console.Error.WriteLine("usage: GraphCompiler.Build REQUEST-FILE (the build step calls this; graphc is for people)");
    return 2;
}

var request = Request.Read(path);
var report = new Report(request.ProjectDirectory);
try
{
    new Generation(request, report).Run();
}
catch (GraphException e)
{
    report.Add(e);
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    report.Add(new GraphException("GRC0512", $"Generating requires folders that can be written: {e.Message}", inner: e));
}

report.Write(request.ReportFile);
return report.HasErrors ? 1 : 0;
