using System.Collections.Concurrent;
using System.Globalization;
using RegularizerEffects;
using Spectre.Console;
using TorchSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var isShort = args.Contains("--short");
var write = args.FirstOrDefault(argument => argument != "--short");
if (args.Length > (isShort ? 2 : 1) || write?.StartsWith('-') == true)
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project examples/RegularizerEffects [-- [--short] [docs/regularizers.md]]");
    return 2;
}

int[] seeds = isShort ? [1] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
var jobs = new ConcurrentQueue<(DataSet Set, int Seed)>(seeds.SelectMany(seed => DataSet.All.Select(set => (set, seed))));
var runs = jobs.Count;
var results = new Results(seeds);
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    cancellation.Cancel();
};

var console = AnsiConsole.Console;
console.WriteLine($"{Variants.All.Count} ways to train on {DataSet.All.Count} sets of few rows, {seeds.Length} seeds each for the split, the weights and the noise.");
console.Progress().Start(context =>
{
    var bar = context.AddTask("runs", maxValue: (double)runs * Variants.All.Count);

    // Small networks run best on one thread each, which a thread sets for itself.
    var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
    {
        torch.set_num_threads(1);
        while (!cancellation.IsCancellationRequested && jobs.TryDequeue(out var job))
        {
            var experiment = new Experiment(job.Set, job.Seed);
            foreach (var variant in Variants.All)
            {
                if (cancellation.IsCancellationRequested)
                    return;
                results.Add(variant, job.Set, job.Seed, experiment.Run(variant, cancellation.Token));
                bar.Increment(1);
            }

            if (!console.Profile.Capabilities.Interactive)
                console.WriteLine($"{job.Set.Name}, seed {job.Seed}: done");
        }
    })).ToList();
    workers.ForEach(worker => worker.Start());
    workers.ForEach(worker => worker.Join());
});
if (cancellation.IsCancellationRequested)
{
    console.WriteLine("Cancelled.");
    return 1;
}

var table = EffectsTable.Of(results, runs);
Console.WriteLine(table);
if (write is not null)
{
    EffectsTable.Write(write, table);
    EffectsChart.Save(results, Path.ChangeExtension(write, ".png"));
}

return 0;
