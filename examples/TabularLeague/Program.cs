using System.Globalization;
using TabularLeague;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
Arguments arguments;
try
{
    arguments = Arguments.Parse(args, Repository());
}
catch (UsageException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n\n{Arguments.Usage}");
    return 2;
}

if (arguments.Lists)
{
    Console.WriteLine($"Trainers: {string.Join("; ", Contestants.All.Select(contestant => contestant.Name))}");
    Console.WriteLine($"Tables: {string.Join("; ", Tables.All.Select(table => table.Name))}");
    return 0;
}

var file = new ResultsFile(arguments.ResultsPath);
foreach (var trainer in arguments.Forgotten)
    file.Forget(trainer);
var arena = Arena.Read(arguments, Console.Out);
var failures = arguments.OnlyReports ? 0 : League.Play(arguments, arena, file, Console.Out);
return Report.Write(arguments, arena, file.Read(), Console.Out) && failures == 0 ? 0 : 1;

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
