using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>Silos whose clocks differ by hours and jump, one of which ends without a word.</summary>
[TestClass]
public sealed class ClockTests
{
    private const string Name = "clocks";
    private const int Trials = 12;

    [TestMethod]
    public async Task No_trial_is_lost_or_done_twice_and_the_result_is_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("clocks").FullName;
        ShiftedClock[] clocks = [new(TimeSpan.FromHours(5)), new(TimeSpan.FromHours(-7)), new(TimeSpan.Zero)];
        var silos = new List<IHost>();
        foreach (var clock in clocks)
        {
            silos.Add(await TestSilo.StartAsync(folder, silo =>
            {
                silo.AddTrialWorker(Name, DigitSearches.Digits.MakeRunner);
                silo.Services.AddSingleton<IMembershipTable>(new ShiftedTable(new FolderMembershipTable(new ClusterFile(folder), clock), clock));
            }));
        }

        var (results, ending) = (new List<(int, double)>(), Task.CompletedTask);
        var executor = new OrleansExecutor(
            silos[0].Services.GetRequiredService<IGrainFactory>(), new OrleansExecutorOptions { Name = Name, Slots = 3, LeaseTime = TimeSpan.FromSeconds(2) });
        var result = DigitSearches.Search(
            new SearchOptions
            {
                Folder = Path.Combine(folder, "search"),
                Executor = executor,
                Progress = new DigitSearches.Callback(trial =>
                {
                    results.Add((trial.Trial.Number, trial.Share));
                    foreach (var clock in clocks)
                        clock.By = -2 * clock.By + TimeSpan.FromHours(1);
                    if (results.Count == 4)
                        ending = silos[2].StopAsync(new CancellationToken(canceled: true));
                }),
            },
            Trials);
        await ending;
        DigitSearches.AssertSame(DigitSearches.Search(new SearchOptions(), Trials), result);
        Assert.HasCount(results.Count, results.Distinct());
        foreach (var silo in silos)
        {
            await silo.StopAsync(CancellationToken.None);
            silo.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task A_silo_whose_clock_is_hours_behind_joins_where_another_one_has_died()
    {
        var folder = Directory.CreateTempSubdirectory("clocks").FullName;
        var died = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 1),
            Status = SiloStatus.Active,
            StartTime = DateTime.UtcNow.AddHours(-1),
            IAmAliveTime = DateTime.UtcNow.AddMinutes(-1),
            HostName = "host",
            SiloName = "died a minute ago",
        };
        var table = new FolderMembershipTable(new ClusterFile(folder), TimeProvider.System);
        await table.InsertRow(died, (await table.ReadAll()).Version.Next());
        var clock = new ShiftedClock(TimeSpan.FromHours(-7));
        using var joined = await TestSilo.StartAsync(folder, silo =>
        {
            silo.Configure<ClusterMembershipOptions>(options => (options.MaxJoinAttemptTime, options.EvictWhenMaxJoinAttemptTimeExceeded) = (TimeSpan.FromSeconds(60), false));
            silo.Services.AddSingleton<IMembershipTable>(new ShiftedTable(new FolderMembershipTable(new ClusterFile(folder), clock), clock));
        });
        Assert.HasCount(1, (await table.ReadAll()).Members.Where(row => row.Item1.Status == SiloStatus.Active && row.Item1.SiloName != died.SiloName));
        await joined.StopAsync(CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }
}
