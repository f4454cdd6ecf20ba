using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.ML.Regularization.Benchmarks;

// On one core, which is what the table's figures are of.
var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithAffinity(1))
    .AddDiagnoser(MemoryDiagnoser.Default);
if (args is [var document] && document.EndsWith(".md", StringComparison.Ordinal))
    SpeedTable.Write(document, BenchmarkRunner.Run<AugmentationBenchmarks>(config));
else
    BenchmarkSwitcher.FromAssembly(typeof(AugmentationBenchmarks).Assembly).Run(args, config);
