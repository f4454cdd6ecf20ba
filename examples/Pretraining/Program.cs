using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Regularization.Benchmarks;
using Pretraining;
using TorchSharp;

// Few labels and many rows: do networks that first learned of all rows without labels do better?
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var isShort = args.Contains("--short");
var words = args.Where(argument => argument != "--short").ToArray();
Study? study = words switch
{
    ["adult", var folder, ..] => new Incomes(folder),
    ["california-housing", var folder, ..] => new Houses(folder),
    ["trec", var folder, ..] => new Questions(folder),
    _ => null,
};
if (study is null || words.Length > 3)
{
    Console.Error.WriteLine("""
        Usage: dotnet run -c Release --project examples/Pretraining -- adult|california-housing|trec FOLDER [docs/pretraining.md] [--short]

        adult               FOLDER holds adult.csv: a header, then whether somebody earns over 50,000 dollars, and 14 columns.
        california-housing  FOLDER holds california-housing.csv: a header, then the median value of a house, and 9 columns.
        trec                FOLDER holds TREC as train.tsv and test.tsv: a header, then the kind of a question, a tab and the question.
        The data does not come with this program: see docs/pretraining.md.
        """);
    return 2;
}

if (!Directory.Exists(words[1]))
{
    Console.WriteLine($"There is no folder {words[1]}: nothing to do. See docs/pretraining.md for where the data comes from.");
    return 0;
}

int[] seeds = isShort ? [1] : [1, 2, 3, 4, 5];

// Of one seed several ways wait for the same weights.
var jobs = new ConcurrentQueue<(Variant Variant, int Seed)>(study.Variants.SelectMany(variant => seeds.Select(seed => (variant, seed))));
var results = new Results(seeds);
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    cancellation.Cancel();
};
Console.WriteLine($"{study.Name}: {study.Variants.Count} ways to learn, {seeds.Length} seeds each for the rows, the labels, the weights and the noise.");
var clock = Stopwatch.StartNew();

// Two runs on a thread each are done before one after the other on both.
var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
{
    torch.set_num_threads(1);
    while (!cancellation.IsCancellationRequested && jobs.TryDequeue(out var job))
    {
        try
        {
            var value = study.Run(job.Variant, job.Seed, isShort, cancellation.Token);
            if (cancellation.IsCancellationRequested)
                return;
            results.Add(job.Variant, job.Seed, value);
            Console.WriteLine($"{clock.Elapsed:mm\\:ss}  seed {job.Seed}  {job.Variant.Network,-15} from {job.Variant.Start.Name,-40} {study.Measure} {value:0.000}");
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
})).ToList();
workers.ForEach(worker => worker.Start());
workers.ForEach(worker => worker.Join());
if (cancellation.IsCancellationRequested)
{
    Console.WriteLine("Cancelled.");
    return 1;
}

var table = StudyTable.Of(study, results);
Console.WriteLine();
Console.WriteLine(table);
Console.WriteLine(Processor.Line);
if (words.Length == 3)
    StudyTable.Write(words[2], study, table);
return 0;
