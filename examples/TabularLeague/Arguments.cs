using System.Globalization;

namespace TabularLeague;

/// <summary>What the command line asks for.</summary>
internal sealed class Arguments
{
    private const string Shipped = "shipped";

    public const string Usage = """
        Usage: dotnet run -c Release --project examples/TabularLeague -- [options]

        --data FOLDER           where tables are that do not come with the program (default ../shared/data beside the repository)
        --only TABLE,...        only these tables; "shipped" stands for those that come with the program
        --sizes SIZE,...        numbers of training rows; "all" stands for every training row of tables up to 10,000 rows, "full" for those of larger ones
                                (default 300,1000,5000,all)
        --seeds COUNT           splits, numbered from 1 (default 5)
        --trainers NAME,...     only these trainers; NAME:columns gives one of the library columns of categories instead of the prepared features
        --columns               gives all of the library columns of categories
        --build NAME            records the library's trainers as TRAINER@NAME, so that two builds of the library compare
        --results FILE          runs that are done (default examples/TabularLeague/results/runs.jsonl); they are not repeated
        --again TRAINER,...     forgets the results of these trainers, then runs
        --report                runs nothing: shows what the results hold
        --compare A,B           runs and compares two trainers, cell by cell
        --ablate NAME           runs and compares all changes of a trainer in one setting with it, or those of --trainers
        --page FILE             writes the tables into a page, and a picture into the folder images beside it
        --place NAME            where in the page: between the marks of this name (default league, or ablations), and the name of the picture
        --short                 a small league in memory: shipped tables, 300 rows, one seed, quick trainers
        --list                  names the trainers and the tables
        """;

    private Arguments(string repository)
    {
        Data = Path.GetFullPath(Path.Combine(repository, "..", "shared", "data"));
        ResultsPath = Path.Combine(repository, "examples", "TabularLeague", "results", "runs.jsonl");
    }

    public string Data { get; private set; }

    public IReadOnlyList<Table> Tables { get; private set; } = TabularLeague.Tables.All;

    public IReadOnlyList<string> Sizes { get; private set; } = ["300", "1000", "5000", Arena.All];

    public IReadOnlyList<int> Seeds { get; private set; } = [1, 2, 3, 4, 5];

    public IReadOnlyList<Entry> Entries { get; private set; } = [];

    /// <summary>The name of this build of the library; empty for none.</summary>
    public string Build { get; private set; } = "";

    /// <summary>Where results are kept; null for nowhere.</summary>
    public string? ResultsPath { get; private set; }

    public IReadOnlyList<string> Forgotten { get; private set; } = [];

    public bool OnlyReports { get; private set; }

    public bool Compares { get; private set; }

    /// <summary>Whether the first trainer is compared with each of the others.</summary>
    public bool Ablates { get; private set; }

    public string? Page { get; private set; }

    /// <summary>The name of the marks in the page.</summary>
    public string Place { get; private set; } = "";

    public bool Lists { get; private set; }

    public static Arguments Parse(IEnumerable<string> words, string repository)
    {
        var arguments = new Arguments(repository);
        IEnumerable<string>? names = null;
        string? ablated = null;
        var giveColumns = false;
        var rest = new Queue<string>(words);
        while (rest.TryDequeue(out var option))
        {
            switch (option)
            {
                case "--data":
                    arguments.Data = Value();
                    break;
                case "--only":
                    arguments.Tables = [.. List().SelectMany(TablesOf).Distinct()];
                    break;
                case "--sizes":
                    arguments.Sizes = [.. List().Select(Size)];
                    break;
                case "--seeds":
                    arguments.Seeds = [.. Enumerable.Range(1, Count(Value()))];
                    break;
                case "--trainers":
                    names = List();
                    break;
                case "--columns":
                    giveColumns = true;
                    break;
                case "--build":
                    arguments.Build = Value();
                    break;
                case "--results":
                    arguments.ResultsPath = Value();
                    break;
                case "--again":
                    arguments.Forgotten = List();
                    break;
                case "--report":
                    arguments.OnlyReports = true;
                    break;
                case "--compare":
                    names = List();
                    arguments.Compares = true;
                    break;
                case "--ablate":
                    ablated = Value();
                    arguments.Ablates = true;
                    break;
                case "--page":
                    arguments.Page = Value();
                    break;
                case "--place":
                    arguments.Place = Value();
                    break;
                case "--short":
                    (arguments.ResultsPath, arguments.Tables, arguments.Sizes, arguments.Seeds) = (null, [.. TablesOf(Shipped)], ["300"], [1]);
                    names ??= Opponents.All.Prepend(Contestants.Main[0]).Select(contestant => contestant.Name);
                    break;
                case "--list":
                    arguments.Lists = true;
                    break;
                default:
                    throw new UsageException($"There is no option {option}.");
            }

            string Value() => rest.TryDequeue(out var value) ? value : throw new UsageException($"{option} needs a value.");
            string[] List() => Value().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        if (arguments.Place.Length == 0)
            arguments.Place = arguments.Ablates ? "ablations" : "league";
        names ??= ablated is null ? Contestants.Main.Concat(Opponents.All).Select(contestant => contestant.Name) : Contestants.ChangesOf(ablated);
        arguments.Entries = [.. names.Prepend(ablated).OfType<string>().Select(name => Contestants.Parse(name, giveColumns, arguments.Build)).Distinct()];
        if (arguments.Compares && arguments.Entries.Count != 2)
            throw new UsageException("--compare takes two trainers: A,B.");
        return arguments;
    }

    private static List<Table> TablesOf(string name)
    {
        var all = TabularLeague.Tables.All;
        var found = all.Where(table => name == Shipped ? table.IsShipped : table.Name == name).ToList();
        return found.Count > 0 ? found
            : throw new UsageException($"There is no table '{name}'. There are: {string.Join(", ", all.Select(table => table.Name))}.");
    }

    private static string Size(string size) => size is Arena.All or Arena.Full ? size : Count(size).ToString(CultureInfo.InvariantCulture);

    private static int Count(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count > 0 ? count
        : throw new UsageException($"'{text}' is not a number of 1 or more.");
}
