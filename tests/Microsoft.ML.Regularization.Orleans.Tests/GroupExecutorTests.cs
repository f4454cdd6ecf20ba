using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.Data;
using ModelPerGroup;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>A model for each group whose networks are trained in other processes, those of <c>examples/ModelPerGroup</c>, and on a silo.</summary>
[TestClass]
public sealed class GroupExecutorTests
{
    private static readonly string Program = typeof(GroupExecutorTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(own => own.Key == "ModelPerGroup").Value!;

    private static readonly GroupOptions Options = new() { Pulls = [0.1], ComparedGroups = 20, MaxEpochs = 5 };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Processes_that_are_killed_change_nothing()
    {
        using var executor = new ProcessExecutor(new ProcessExecutorOptions { Processes = 2, ThreadsPerTrial = 1, FileName = "dotnet", Arguments = [Program] });
        var killed = 0;
        var other = Scores(Options with
        {
            Executor = executor,
            Progress = new Told(report =>
            {
                // Workers of this test are the only ones that have the argument.
                if (Interlocked.Exchange(ref killed, 1) == 0)
                    Process.GetProcessesByName("dotnet").Where(IsWorker).ToList().ForEach(worker => worker.Kill());
            }),
        });
        Assert.AreEqual(1, killed);
        CollectionAssert.AreEqual(Scores(Options), other);
    }

    [TestMethod]
    public async Task A_silo_gives_the_same_model()
    {
        var folder = Directory.CreateTempSubdirectory("group-silo").FullName;
        using var silo = await TestSilo.StartAsync(folder, silo => silo
            .AddTrialWorker("shops", () => MakeRunner(seed: 1))
            .AddTrialWorker("other shops", () => MakeRunner(seed: 2)));
        try
        {
            var grains = silo.Services.GetRequiredService<IGrainFactory>();
            CollectionAssert.AreEqual(Scores(Options), Scores(Options with { Executor = new OrleansExecutor(grains, new OrleansExecutorOptions { Name = "shops", Slots = 2 }) }));
            var wrong = Options with { Executor = new OrleansExecutor(grains, new OrleansExecutorOptions { Name = "other shops" }) };
            Assert.Contains("the same rows", Assert.ThrowsExactly<InvalidOperationException>(() => Scores(wrong)).Message);
        }
        finally
        {
            await silo.StopAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Shops Table { get; } = new(20, 40, 1);

    private static GroupRunner MakeRunner(int seed)
    {
        var ml = new MLContext(seed: 1);
        return new GroupRunner(ml, Table.Load(ml, seed).Train, "Group");
    }

    private static bool IsWorker(Process process) =>
        File.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/cmdline"))
        && File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/cmdline")) is var words && words.Contains(Program, StringComparison.Ordinal)
        && words.Contains(TrialWorker.Argument, StringComparison.Ordinal);

    private List<float> Scores(GroupOptions options)
    {
        var (train, test) = Table.Load(_ml, seed: 1);
        var pipeline = _ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions { Architecture = NetworkArchitecture.Mlp(16), MaxEpochs = 5, Seed = 1 });
        return [.. _ml.Regularization().FitEach(pipeline, train, "Group", options with { Seed = 1 }).Transform(test).GetColumn<float>("Score")];
    }

    private sealed class Told(Action<GroupProgress> tell) : IProgress<GroupProgress>
    {
        public void Report(GroupProgress value) => tell(value);
    }
}
