using System.Globalization;
using DistributedSearch;
using Microsoft.ML;
using Microsoft.ML.Regularization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// begin worker
if (TrialWorker.RunIfAsked(args, () => new DigitSearch(args[0]).MakeRunner()))
    return 0;
// end worker

switch (args)
{
    case ["silo", var folder, var silo, var gateway]:
        await SearchSilo.RunAsync(folder, SearchSilo.Port(silo), SearchSilo.Port(gateway), DigitSearch.Names.Select(name => new DigitSearch(name)));
        return 0;

    case ["kill"]:
        return await new KillTest(new DigitSearch("small"), trials: 18, size: 3).RunAsync(kills: 10);

    case ["kill", "--short"]:
        return await new KillTest(new DigitSearch("tiny"), trials: 9, size: 2).RunAsync(kills: 1);

    case ["scale"]:
        await new ScaleTest(workers: 2, trialsEach: 8).RunAsync();
        return 0;

    case [] or ["--short"]:
        var search = new DigitSearch(args.Length == 0 ? "small" : "tiny");

        // begin processes
        using (var executor = new ProcessExecutor(new ProcessExecutorOptions { Processes = 2, Arguments = [search.Name] }))
        {
            var options = new SearchOptions { Executor = executor, Metric = ValidationMetric.Accuracy };
            var result = new MLContext(seed: 1).Regularization().Search(search.MakeRunner(), new SearchBudget { Trials = 18 }, options);
            Console.WriteLine(result);
        }
        // end processes

        return 0;

    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project examples/DistributedSearch [-- --short | kill [--short] | scale]");
        return 2;
}
