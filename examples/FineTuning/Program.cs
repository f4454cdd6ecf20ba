using System.Globalization;
using FineTuningExample;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
try
{
    var arguments = Arguments.Parse(args, Repository());
    var file = new ResultsFile(arguments.ResultsPath);
    if (!arguments.OnlyReports)
        Study.Run(arguments, file, Console.Out);
    return Report.Write(arguments, file.Runs, Console.Out) ? 0 : 1;
}
catch (UsageException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n\n{Arguments.Usage}");
    return 2;
}

// The folder that has the solution; the current one where the program was copied elsewhere.
static string Repository()
{
    for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
    {
        if (File.Exists(Path.Combine(folder, "MLReg.sln")))
            return folder;
    }

    return Environment.CurrentDirectory;
}
