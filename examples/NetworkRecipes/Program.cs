using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NetworkRecipes;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var isShort = args.Contains("--short");
var words = args.Where(argument => argument != "--short").ToArray();
Study? study = words switch
{
    ["images", var folder, ..] => new FashionImages(folder),
    ["texts", var folder, ..] => new Questions(folder),
    _ => null,
};
if (study is null || words.Length > 3)
{
    Console.Error.WriteLine("""
        Usage: dotnet run -c Release --project examples/NetworkRecipes -- images|texts FOLDER [docs/network-recipes.md] [--short]

        images  FOLDER holds the four files of Fashion-MNIST, train-images-idx3-ubyte.gz and so on.
        texts   FOLDER holds TREC as train.tsv and test.tsv: a header, then the kind of a question, a tab and the question.
        The data does not come with this program: see docs/network-recipes.md.
        """);
    return 2;
}

if (!Directory.Exists(words[1]))
{
    Console.WriteLine($"There is no folder {words[1]}: nothing to do. See docs/network-recipes.md for where the data comes from.");
    return 0;
}

int[] seeds = isShort ? [1] : [1, 2, 3];
var jobs = new ConcurrentQueue<(Variant Variant, int Seed)>(seeds.SelectMany(seed => study.Variants.Select(variant => (variant, seed))));
var results = new Results(seeds);
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    cancellation.Cancel();
};
Console.WriteLine($"{study.Name}: {study.Variants.Count} ways to train, {seeds.Length} seeds each for the rows, the weights and the noise.");
var clock = Stopwatch.StartNew();

// Two runs on a thread each are done before one after the other on both.
var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
{
    torch.set_num_threads(1);
    while (!cancellation.IsCancellationRequested && jobs.TryDequeue(out var job))
    {
        var measures = study.Run(job.Variant, job.Seed, isShort, cancellation.Token);
        if (cancellation.IsCancellationRequested)
            return;
        results.Add(job.Variant, job.Seed, measures);
        Console.WriteLine($"{clock.Elapsed:mm\\:ss}  seed {job.Seed}  {job.Variant.Name,-40} error {measures.Error:0.00%}  {measures.Seconds:0} s");
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
if (words.Length == 3)
{
    StudyTable.Write(words[2], study, table);
    StudyChart.Save(study, results, Path.Combine(Path.GetDirectoryName(words[2])!, "images", $"{study.Name.ToLowerInvariant()}.png"));
}

return 0;
