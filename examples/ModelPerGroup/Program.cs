using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Regularization;
using ModelPerGroup;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// begin groupWorker
if (TrialWorker.RunIfAsked(args, () => SeveralProcesses.MakeRunner(new MLContext(seed: 1))))
    return 0;
// end groupWorker

const string Usage = """
    Usage: dotnet run -c Release --project examples/ModelPerGroup [-- options]

    --short          20 shops of 40 days, one seed
    --processes      the same 20 shops in two processes: the same model, bit for bit
    --houses FILE    also the districts of california-housing.csv
    --only TEXT      only tables whose names have it
    --without-alone  no models of each group's rows alone, which take longest
    --seeds COUNT    default 3
    --page FILE      writes the table into a page
    """;

if (args is ["--processes"])
    return SeveralProcesses.Run();
var (seeds, page, houses, only, isShort, fitsAlone) = (3, (string?)null, (string?)null, "", false, true);
var words = new Queue<string>(args);
while (words.TryDequeue(out var word))
{
    if (word == "--short")
        isShort = true;
    else if (word == "--without-alone")
        fitsAlone = false;
    else if (word == "--only" && words.TryDequeue(out only!))
        continue;
    else if (word == "--seeds" && words.TryDequeue(out var count) && int.TryParse(count, out seeds) && seeds > 0)
        continue;
    else if (word == "--page" && words.TryDequeue(out page))
        continue;
    else if (word == "--houses" && words.TryDequeue(out houses) && File.Exists(houses))
        continue;
    else
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}

if (isShort)
    return ShortRun.Run();

List<(IGroupTable Table, int Seeds)> tables = [(new Shops(1000, 200, 0.3), 1), (new Shops(50, 200, 1), seeds), (new Shops(50, 200, 0.2), seeds), (new Shops(50, 40, 0.3), seeds), (new Loans(), seeds)];
if (houses is not null)
    tables.Add((new Districts(houses), seeds));
var text = FiguresTable.Of(tables.Where(entry => entry.Table.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).Select(entry =>
{
    Console.WriteLine(entry.Table.Name);
    return (entry.Table, (IReadOnlyList<Figures>)[.. Enumerable.Range(1, entry.Seeds).Select(seed => Comparison.Of(entry.Table, seed, fitsAlone))]);
}));
Console.WriteLine(text);
if (page is not null)
    FiguresTable.Write(page, text);
return 0;
