using DistributedSearch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>Searches on one silo, which is in this process.</summary>
[TestClass]
public sealed class OrleansSearchTests
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("orleans").FullName;

    private static IHost s_silo = null!;

    private static IGrainFactory Grains => s_silo.Services.GetRequiredService<IGrainFactory>();

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        s_silo = await TestSilo.StartAsync(Folder, silo => silo
            .AddTrialWorker("same", DigitSearches.Digits.MakeRunner)
            .AddTrialWorker("other", new DigitSearch("small").MakeRunner)
            .AddTrialWorker("broken", () => throw new FileNotFoundException("rows.csv is not there")));
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await s_silo.StopAsync(CancellationToken.None);
        s_silo.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    [TestMethod]
    public void It_finds_what_a_search_in_this_process_finds()
    {
        var alone = Search(new SearchOptions());
        var silo = Search(new SearchOptions { Executor = Executor("same") });
        DigitSearches.AssertSame(alone, silo);
    }

    [TestMethod]
    public void A_worker_with_another_space_refuses_and_the_search_says_so()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Search(new SearchOptions { Executor = Executor("other") }));
        Assert.Contains("this process has", error.Message);
    }

    [TestMethod]
    public void A_worker_whose_rows_are_gone_says_so()
    {
        var error = Assert.ThrowsExactly<IOException>(() => Search(new SearchOptions { Executor = Executor("broken") }));
        Assert.Contains("rows.csv", error.Message);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_full_disk_is_an_error_that_names_the_file_and_the_search_goes_on_later() => DigitSearches.AssertGoesOnAfterAFullDisk(Executor("same"));

    [TestMethod]
    public void Cancelled_the_best_so_far_is_returned()
    {
        using var source = new CancellationTokenSource();
        var result = Search(new SearchOptions { Executor = Executor("same"), CancellationToken = source.Token, Progress = new DigitSearches.Callback(_ => source.Cancel()) });
        Assert.AreEqual(SearchStopReason.Cancelled, result.StopReason);
        Assert.IsGreaterThanOrEqualTo(1, result.Trials.Count);
    }

    [TestMethod]
    public void Where_no_worker_has_the_search_s_name_its_time_ends_it()
    {
        var options = new SearchOptions { Executor = Executor("nobody's") };
        Assert.ThrowsExactly<TimeoutException>(() => new MLContext().Regularization().Search(DigitSearches.Digits.MakeRunner(), new SearchBudget { Time = TimeSpan.FromSeconds(0.5) }, options));
    }

    [TestMethod]
    public void Where_no_worker_has_the_search_s_name_it_is_an_error_in_time()
    {
        var executor = new OrleansExecutor(Grains, new OrleansExecutorOptions { Name = "nobody's", Patience = TimeSpan.FromSeconds(0.1) });
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Search(new SearchOptions { Executor = executor }));
        Assert.Contains("No worker of the search 'nobody's'", error.Message);
    }

    [TestMethod]
    public async Task A_worker_of_a_trial_that_the_search_has_forgotten_is_told_so()
    {
        var grain = Grains.GetGrain<ISearchGrain>("forgotten");
        var request = new TrialRequest
        {
            Folder = Folder, Fingerprint = "any", Trial = new Trial { Number = 1 }, Share = 1, Metric = ValidationMetric.Loss, Seed = 1, CheckpointInterval = TimeSpan.Zero,
        };
        var running = grain.RunAsync(new AskedTrial("ticket", request.ToJson(), TimeSpan.FromHours(1), 3, TimeSpan.FromHours(1)));
        var leased = (await grain.TakeAsync())!;
        Assert.AreEqual(WorkerOrder.GoOn, await grain.HeartbeatAsync(leased, 1));
        await grain.CompleteAsync(leased, "reply");
        Assert.AreEqual("reply", await running);
        await grain.ForgetAsync("ticket");
        Assert.AreEqual(WorkerOrder.Abandon, await grain.HeartbeatAsync(leased, 2));
        Assert.IsNull(await grain.TakeAsync());
    }

    [TestMethod]
    public void A_cluster_that_does_not_answer_is_an_error_in_time()
    {
        var executor = new OrleansExecutor(new DeadGrains(), new OrleansExecutorOptions { Name = "same", Patience = TimeSpan.FromSeconds(0.1) });
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Search(new SearchOptions { Executor = executor }));
        Assert.Contains("has not answered for 00:00:00.1", error.Message);
        Assert.Contains("'same'", error.Message);
    }

    [TestMethod]
    [DataRow("", 1, 10, 1, "Name")]
    [DataRow("a", 0, 10, 1, "Slots must be from 1 to 10000, but it is 0")]
    [DataRow("a", 1, 0, 1, "LeaseTime must be from 1 second")]
    [DataRow("a", 1, 10, 0, "MaxDeaths must be from 1 to 100")]
    public void Options_are_refused_by_name(string name, int slots, int seconds, int deaths, string expected)
    {
        var options = new OrleansExecutorOptions { Name = name, Slots = slots, LeaseTime = TimeSpan.FromSeconds(seconds), MaxDeaths = deaths };
        Assert.Contains(expected, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new OrleansExecutor(Grains, options)).Message);
    }

    private static OrleansExecutor Executor(string name) => new(Grains, new OrleansExecutorOptions { Name = name, Slots = 2 });

    private static SearchResult Search(SearchOptions options) => DigitSearches.Search(options, trials: 5);
}
