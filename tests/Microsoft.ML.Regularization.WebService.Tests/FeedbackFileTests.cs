using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using WebService;

namespace Microsoft.ML.Regularization.WebService.Tests;

/// <summary>A feedback file that is locked, read-only, full or broken: what cannot be kept is refused with the reason, and the service answers on.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class FeedbackFileTests
{
    private const int Nobody = 65_534;
    private const int FileSizeLimit = 1;
    private const int FileSizeSignal = 25;

    [TestMethod]
    public async Task Locked_it_is_said_and_later_it_is_kept()
    {
        await using var service = await RunningService.StartAsync();
        await AssertKeptAsync(service);
        await using (var other = new SqliteConnection($"Data Source={service.Database};Pooling=False"))
        {
            await other.OpenAsync();
            await using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN EXCLUSIVE";
            await begin.ExecuteNonQueryAsync();
            await AssertNotKeptAsync(service, "locked");
            Assert.Contains("locked", (await service.GetAsync("/health")).Text);
            Assert.Contains("credit_feedback_rows NaN", (await service.GetAsync("/metrics")).Text);
        }

        await AssertKeptAsync(service);
        Assert.AreEqual(2, service.Feedback.Count());
    }

    [TestMethod]
    public async Task Broken_it_is_said()
    {
        await using var service = await RunningService.StartAsync();
        await AssertKeptAsync(service);
        SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(service.Database, new string('x', 20_000));
        await AssertNotKeptAsync(service, "not a database");
        Assert.Contains("not a database", (await service.GetAsync("/health")).Text);
        Assert.Contains("feedback.db", Assert.ThrowsExactly<FeedbackException>(() => new FeedbackStore(service.Database)).Message);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task Full_nothing_half_is_kept_and_with_room_it_is()
    {
        await using var service = await RunningService.StartAsync();
        await AssertKeptAsync(service);
        SqliteConnection.ClearAllPools();
        var credit = SampleCredits.Of(1) with { Status = "good" };
        var before = GetLimit();

        // Beyond the limit the kernel writes nothing, and sends a signal that would end the process.
        Signal(FileSizeSignal, 1);
        SetLimit(before with { Current = (ulong)new FileInfo(service.Database).Length });
        try
        {
            var error = Assert.ThrowsExactly<FeedbackException>(() =>
            {
                for (var row = 0; row < 1000; row++)
                    service.Feedback.Add(credit);
            });
            Assert.Contains("feedback.db", error.Message);
        }
        finally
        {
            SetLimit(before);
        }

        var kept = service.Feedback.Read();
        Assert.HasCount((int)service.Feedback.Count(), kept);
        await AssertKeptAsync(service);
        Assert.AreEqual(kept.Count + 1, service.Feedback.Count());
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task Read_only_it_is_said()
    {
        await using var service = await RunningService.StartAsync();
        await AssertKeptAsync(service);
        SqliteConnection.ClearAllPools();
        File.SetUnixFileMode(service.Database, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.SetUnixFileMode(service.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        // Root may write to any file: this thread is nobody for a while.
        var before = BecomeForFiles(Nobody);
        FeedbackException error;
        try
        {
            error = Assert.ThrowsExactly<FeedbackException>(() => service.Feedback.Add(SampleCredits.Of(1) with { Status = "good" }));
        }
        finally
        {
            _ = BecomeForFiles(before);
            File.SetUnixFileMode(service.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.Contains("readonly", error.Message);
        SqliteConnection.ClearAllPools();
        Assert.AreEqual(1, service.Feedback.Count());
    }

    private static async Task AssertKeptAsync(RunningService service)
    {
        var before = service.Feedback.Count();
        var (status, text) = await PostAsync(service);
        Assert.AreEqual(HttpStatusCode.Accepted, status, text);
        Assert.AreEqual(before + 1, service.Feedback.Count());
    }

    private static async Task AssertNotKeptAsync(RunningService service, string why)
    {
        var (status, text) = await PostAsync(service);
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, status, text);
        Assert.Contains(why, text);
        Assert.Contains("feedback.db", text);
        Assert.AreEqual(HttpStatusCode.OK, (await service.PostAsync("/assess", JsonSerializer.Serialize(SampleCredits.Of(3), ServiceJson.Options))).Status);
    }

    private static Task<(HttpStatusCode Status, string Text)> PostAsync(RunningService service) =>
        service.PostAsync("/feedback", JsonSerializer.Serialize(SampleCredits.Of(2) with { Status = "bad" }, ServiceJson.Options));

    private static Limit GetLimit()
    {
        Assert.AreEqual(0, GetLimit(FileSizeLimit, out var limit));
        return limit;
    }

    private static void SetLimit(Limit limit) => Assert.AreEqual(0, SetLimit(FileSizeLimit, in limit));

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint ignored);

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int BecomeForFiles(int user);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Current, ulong Greatest);
}
