using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Benchmarks;
using Microsoft.ML.Regularization.Benchmarks.Busy;
using Microsoft.ML.Regularization.Benchmarks.Categories;
using Microsoft.ML.Regularization.Benchmarks.Convolutions;
using Microsoft.ML.Regularization.Benchmarks.Efforts;
using Microsoft.ML.Regularization.Benchmarks.Epoch;
using Microsoft.ML.Regularization.Benchmarks.Export;
using Microsoft.ML.Regularization.Benchmarks.Explanations;
using Microsoft.ML.Regularization.Benchmarks.Faults;
using Microsoft.ML.Regularization.Benchmarks.FewRows;
using Microsoft.ML.Regularization.Benchmarks.Mixing;
using Microsoft.ML.Regularization.Benchmarks.Report;
using Microsoft.ML.Regularization.Benchmarks.Overlap;
using Microsoft.ML.Regularization.Benchmarks.Photos;
using Microsoft.ML.Regularization.Benchmarks.Products;
using Microsoft.ML.Regularization.Benchmarks.Scale;
using Microsoft.ML.Regularization.Benchmarks.Scoring;
using Microsoft.ML.Regularization.Benchmarks.Sparse;
using Microsoft.ML.Regularization.Benchmarks.Tables;
using Microsoft.ML.Regularization.Benchmarks.Training;

var commands = new Dictionary<string, Action<string[]>>(StringComparer.Ordinal)
{
    ["training"] = SideBySide.Run,
    ["epoch"] = EpochCommand.Run,
    ["mixing"] = MixingCommand.Run,
    ["scoring"] = ScoringComparison.Run,
    ["scale"] = ScaleCommand.Run,
    ["categories"] = CategoryCommand.Run,
    ["sparse"] = SparseCommand.Run,
    ["tables"] = TableCommand.Run,
    ["efforts"] = EffortCommand.Run,
    ["few-rows"] = FewRowsCommand.Run,
    ["report"] = ReportCommand.Run,
    ["explain"] = ExplanationCommand.Run,
    ["faults"] = FaultsCommand.Run,
    ["busy"] = BusyCommand.Run,
    ["overlap"] = OverlapCommand.Run,
    ["photos"] = PhotoCommand.Run,
    ["products"] = ProductCommand.Run,
    ["convolutions"] = ConvolutionCommand.Run,
    ["export"] = ExportCommand.Run,
};
if (args is [var name, .. var arguments] && commands.TryGetValue(name, out var command))
{
    command(arguments);
    if (!FreshProcess.IsThis)
        Console.WriteLine($"\n{Processor.Line}");
    return;
}

// On one core, which is what the table's figures are of: the best of several short runs, as machines that are shared slow some of them down.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithAffinity(1)
    .WithWarmupCount(3).WithIterationCount(10).WithIterationTime(TimeInterval.FromMilliseconds(150));
var config = DefaultConfig.Instance
    .AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default);
if (args is ["caching", var caching, var rows, var features])
    CachingMeasurement.Run(Enum.Parse<DataCaching>(caching), long.Parse(rows, CultureInfo.InvariantCulture), int.Parse(features, CultureInfo.InvariantCulture));
else if (args is [var document] && document.EndsWith(".md", StringComparison.Ordinal))
    SpeedTable.Write(document, BenchmarkRunner.Run<AugmentationBenchmarks>(config));
else
    BenchmarkSwitcher.FromAssembly(typeof(AugmentationBenchmarks).Assembly).Run(args, config);
