using System.Net;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>The file of a cluster keeps what Orleans' contract for membership asks for.</summary>
[TestClass]
public sealed class FolderMembershipTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("membership").FullName;

    private FolderMembershipTable Table => new(new ClusterFile(_folder), TimeProvider.System);

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task A_row_is_read_as_it_was_written()
    {
        var entry = Entry(1);
        entry.AddSuspector(Entry(2).SiloAddress, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        Assert.IsTrue(await Table.InsertRow(entry, (await Table.ReadAll()).Version.Next()));
        var (read, _) = (await Table.ReadRow(entry.SiloAddress)).Members.Single();
        Assert.AreEqual(entry.SiloAddress, read.SiloAddress);
        Assert.AreEqual((entry.Status, entry.ProxyPort, entry.HostName, entry.SiloName), (read.Status, read.ProxyPort, read.HostName, read.SiloName));
        Assert.AreEqual((entry.StartTime, entry.IAmAliveTime), (read.StartTime, read.IAmAliveTime));
        CollectionAssert.AreEqual(entry.SuspectTimes, read.SuspectTimes);
        Assert.IsEmpty((await Table.ReadRow(Entry(2).SiloAddress)).Members);
    }

    [TestMethod]
    public async Task What_was_read_before_another_change_is_not_written()
    {
        var before = (await Table.ReadAll()).Version.Next();
        Assert.IsTrue(await Table.InsertRow(Entry(1), before));
        Assert.IsFalse(await Table.InsertRow(Entry(2), before), "an old version of the table");
        var data = await Table.ReadAll();
        Assert.IsFalse(await Table.InsertRow(Entry(1), data.Version.Next()), "a row that is there");
        var (entry, etag) = data.Members.Single();
        entry.Status = SiloStatus.Dead;
        Assert.IsTrue(await Table.UpdateRow(entry, etag, data.Version.Next()));
        data = await Table.ReadAll();
        Assert.IsFalse(await Table.UpdateRow(entry, etag, data.Version.Next()), "an old version of the row");
        Assert.AreEqual(SiloStatus.Dead, data.Members.Single().Item1.Status);
    }

    [TestMethod]
    public async Task Of_silos_that_write_at_the_same_time_none_is_lost()
    {
        const int Count = 12;
        await Task.WhenAll(Enumerable.Range(1, Count).Select(number => Task.Run(async () =>
        {
            var table = Table;
            while (!await table.InsertRow(Entry(number), (await table.ReadAll()).Version.Next()))
            {
            }
        })));
        var data = await Table.ReadAll();
        Assert.HasCount(Count, data.Members);
        Assert.AreEqual(Count, data.Version.Version);
    }

    [TestMethod]
    public async Task Signs_of_life_change_no_version_and_the_dead_are_forgotten_in_time()
    {
        await Table.InsertRow(Entry(1), (await Table.ReadAll()).Version.Next());
        var later = Entry(1);
        later.IAmAliveTime = later.IAmAliveTime.AddHours(1);
        await Table.UpdateIAmAlive(later);
        var data = await Table.ReadAll();
        Assert.AreEqual(1, data.Version.Version);
        Assert.AreEqual(later.IAmAliveTime, data.Members.Single().Item1.IAmAliveTime);
        await Table.CleanupDefunctSiloEntries(later.IAmAliveTime.AddDays(1));
        Assert.HasCount(1, (await Table.ReadAll()).Members);
        var (entry, etag) = data.Members.Single();
        entry.Status = SiloStatus.Dead;
        await Table.UpdateRow(entry, etag, data.Version.Next());
        await Table.CleanupDefunctSiloEntries(later.IAmAliveTime.AddDays(1));
        Assert.IsEmpty((await Table.ReadAll()).Members);
    }

    [TestMethod]
    public async Task Clients_are_told_of_active_silos_only()
    {
        var joining = Entry(2);
        joining.Status = SiloStatus.Joining;
        await Table.InsertRow(Entry(1), (await Table.ReadAll()).Version.Next());
        await Table.InsertRow(joining, (await Table.ReadAll()).Version.Next());
        var gateway = (await new FolderGateways(new ClusterFile(_folder)).GetGateways()).Single();
        Assert.AreEqual(30_001, gateway.Port);
    }

    [TestMethod]
    public void A_folder_that_cannot_be_is_an_error() =>
        Assert.Throws<IOException>(() => new ClusterFile(Path.Combine(typeof(FolderMembershipTests).Assembly.Location, "cluster")));

    [TestMethod]
    [DataRow(5, -7)]
    [DataRow(-7, 5)]
    [DataRow(0, 30)]
    public async Task Each_silo_reads_times_by_its_own_clock_however_clocks_differ(int writer, int reader)
    {
        var (one, other) = (new ShiftedClock(TimeSpan.FromHours(writer)), new ShiftedClock(TimeSpan.FromHours(reader)));
        var (written, read) = (new FolderMembershipTable(new ClusterFile(_folder), one), new FolderMembershipTable(new ClusterFile(_folder), other));
        var entry = Entry(1);
        entry.StartTime = entry.IAmAliveTime = one.GetUtcNow().UtcDateTime;
        entry.AddSuspector(Entry(2).SiloAddress, one.GetUtcNow().UtcDateTime);
        await written.InsertRow(entry, (await written.ReadAll()).Version.Next());
        AssertIsNow();
        entry.IAmAliveTime = one.GetUtcNow().UtcDateTime;
        await written.UpdateIAmAlive(entry);
        AssertIsNow();

        // The writer's clock jumps, and it tells of itself again.
        one.By += TimeSpan.FromHours(-20);
        entry.IAmAliveTime = one.GetUtcNow().UtcDateTime;
        await written.UpdateIAmAlive(entry);
        AssertIsNow();

        void AssertIsNow()
        {
            var found = read.ReadAll().Result.Members.Single().Item1;
            foreach (var time in new[] { found.StartTime, found.IAmAliveTime, found.SuspectTimes!.Single().Item2 })
                Assert.IsLessThan(1, Math.Abs((time - other.GetUtcNow().UtcDateTime).TotalHours), $"{time}");
        }
    }

    [TestMethod]
    public async Task The_dead_are_forgotten_by_their_age_and_not_by_somebody_s_clock()
    {
        var ahead = new ShiftedClock(TimeSpan.FromDays(30));
        var entry = Entry(1);
        entry.Status = SiloStatus.Dead;
        entry.IAmAliveTime = DateTime.UtcNow;
        await Table.InsertRow(entry, (await Table.ReadAll()).Version.Next());
        await new FolderMembershipTable(new ClusterFile(_folder), ahead).CleanupDefunctSiloEntries(ahead.GetUtcNow().AddDays(-7));
        Assert.HasCount(1, (await Table.ReadAll()).Members);
        await new FolderMembershipTable(new ClusterFile(_folder), ahead).CleanupDefunctSiloEntries(ahead.GetUtcNow().AddDays(1));
        Assert.IsEmpty((await Table.ReadAll()).Members);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task On_a_full_disk_the_file_is_named_and_as_it_was()
    {
        await Table.InsertRow(Entry(1), (await Table.ReadAll()).Version.Next());
        var path = Path.Combine(_folder, "cluster.json");
        File.CreateSymbolicLink(path + ".tmp", "/dev/full");
        var next = (await Table.ReadAll()).Version.Next();
        var error = await Assert.ThrowsExactlyAsync<IOException>(() => Table.InsertRow(Entry(2), next));
        Assert.Contains(path, error.Message);
        Assert.Contains("No space left", error.Message);
        Assert.HasCount(1, (await Table.ReadAll()).Members);
        File.Delete(path + ".tmp");
        Assert.IsTrue(await Table.InsertRow(Entry(2), next), "there is room again");
        Assert.HasCount(2, (await Table.ReadAll()).Members);
    }

    [TestMethod]
    public async Task A_file_that_is_gone_is_an_error_and_not_a_cluster_without_silos()
    {
        var table = Table;
        await table.InsertRow(Entry(1), (await table.ReadAll()).Version.Next());
        var path = Path.Combine(_folder, "cluster.json");
        File.Delete(path);
        Assert.Contains(path, (await Assert.ThrowsAsync<IOException>(table.ReadAll)).Message);
        Assert.Contains(path, (await Assert.ThrowsAsync<IOException>(() => table.UpdateIAmAlive(Entry(1)))).Message);
    }

    [TestMethod]
    public async Task A_file_that_is_damaged_is_named()
    {
        await Table.InsertRow(Entry(1), (await Table.ReadAll()).Version.Next());
        var path = Path.Combine(_folder, "cluster.json");
        foreach (var text in new[] { File.ReadAllText(path)[..^5], "", "null" })
        {
            File.WriteAllText(path, text);
            Assert.Contains(path, (await Assert.ThrowsExactlyAsync<InvalidDataException>(() => Table.ReadAll())).Message);
        }
    }

    private static MembershipEntry Entry(int number) => new()
    {
        SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_000 + number), 7),
        Status = SiloStatus.Active,
        ProxyPort = 30_000 + number,
        HostName = "host",
        SiloName = $"silo {number}",
        StartTime = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        IAmAliveTime = new DateTime(2026, 1, 1, 1, 0, 0, DateTimeKind.Utc),
    };
}
