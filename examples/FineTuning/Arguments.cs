using System.Globalization;

namespace FineTuningExample;

/// <summary>What the command line asks for.</summary>
internal sealed class Arguments
{
    public const string Usage = """
        Usage: dotnet run -c Release --project examples/FineTuning -- [options]

        --sets NAME,...      sets of texts (spam, which comes with the program, sst2, trec) and folders of photos whose subfolders are the labels (default spam)
        --data FOLDER        where the other sets of texts are, each in a folder of its name (default ../shared/data beside the repository)
        --sizes COUNT,...    training rows of each class (default 8,50,500 for texts and 20,50,200 for photos)
        --seeds COUNT        draws of training rows, numbered from 1 (default 3)
        --methods NAME,...   only these
        --tests COUNT        test rows at most (default 1000)
        --results FILE       runs that are done (default examples/FineTuning/results/runs.jsonl); they are not repeated
        --report             runs nothing: shows what the results hold
        --page FILE          writes the table into a page, and a picture into the folder images beside it
        --short              head alone on a few subject lines, in memory
        """;

    private Arguments(string repository)
    {
        Data = Path.GetFullPath(Path.Combine(repository, "..", "shared", "data"));
        ResultsPath = Path.Combine(repository, "examples", "FineTuning", "results", "runs.jsonl");
    }

    public IReadOnlyList<string> Sets { get; private set; } = ["spam"];

    public string Data { get; private set; }

    /// <summary>Null for those of the kind of set.</summary>
    public IReadOnlyList<int>? Sizes { get; private set; }

    public IReadOnlyList<int> Seeds { get; private set; } = [1, 2, 3];

    /// <summary>At most.</summary>
    public int TestRows { get; private set; } = 1000;

    public IReadOnlyList<Method> Chosen { get; private set; } = Methods.All;

    /// <summary>Null for nowhere.</summary>
    public string? ResultsPath { get; private set; }

    public bool OnlyReports { get; private set; }

    public string? Page { get; private set; }

    public static Arguments Parse(IEnumerable<string> words, string repository)
    {
        var arguments = new Arguments(repository);
        var rest = new Queue<string>(words);
        while (rest.TryDequeue(out var option))
        {
            switch (option)
            {
                case "--sets":
                    arguments.Sets = List();
                    break;
                case "--data":
                    arguments.Data = Value();
                    break;
                case "--sizes":
                    arguments.Sizes = [.. List().Select(Count)];
                    break;
                case "--seeds":
                    arguments.Seeds = [.. Enumerable.Range(1, Count(Value()))];
                    break;
                case "--methods":
                    arguments.Chosen = [.. List().Select(MethodOf)];
                    break;
                case "--tests":
                    arguments.TestRows = Count(Value());
                    break;
                case "--results":
                    arguments.ResultsPath = Value();
                    break;
                case "--report":
                    arguments.OnlyReports = true;
                    break;
                case "--page":
                    arguments.Page = Value();
                    break;
                case "--short":
                    (arguments.ResultsPath, arguments.Sizes, arguments.Seeds, arguments.Chosen, arguments.TestRows) = (null, [8], [1], [MethodOf("head alone")], 100);
                    break;
                default:
                    throw new UsageException($"There is no option {option}.");
            }

            string Value() => rest.TryDequeue(out var value) ? value : throw new UsageException($"{option} needs a value.");
            string[] List() => Value().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        return arguments;
    }

    private static Method MethodOf(string name) => Methods.All.FirstOrDefault(method => method.Name == name)
        ?? throw new UsageException($"There is no method '{name}'. There are: {string.Join(", ", Methods.All.Select(method => method.Name))}.");

    private static int Count(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count > 0 ? count
        : throw new UsageException($"'{text}' is not a number of 1 or more.");
}
