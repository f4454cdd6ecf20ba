using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using WebService;

namespace Microsoft.ML.Regularization.WebService.Tests;

/// <summary>Model files that cannot serve, put in while another one serves: that one serves on, and health says why.</summary>
[TestClass]
public sealed class BrokenModelTests
{
    [TestMethod]
    [DataRow("cut")]
    [DataRow("empty")]
    [DataRow("text")]
    [DataRow("other schema")]
    public async Task A_new_version_that_is_broken(string how)
    {
        await using var service = await RunningService.StartAsync();
        var before = await AnswerAsync(service);
        await File.WriteAllBytesAsync(service.ModelPath(2), Broken(how, service));
        var (status, text) = await service.PostAsync("/versions/2/activate", "");
        Assert.AreEqual(HttpStatusCode.Conflict, status, text);
        Assert.AreEqual(before, await AnswerAsync(service));
        await AssertHealthAsync(service, 1, "Version 2 cannot serve");

        // A version that serves ends the matter.
        File.Delete(service.ModelPath(2));
        Assert.AreEqual(HttpStatusCode.OK, (await service.PostAsync("/versions/1/activate", "")).Status);
        await AssertHealthAsync(service, 1, null);
    }

    [TestMethod]
    [DataRow("cut")]
    [DataRow("empty")]
    [DataRow("other schema")]
    [DataRow("gone")]
    public async Task The_file_of_the_version_that_serves(string how)
    {
        await using var service = await RunningService.StartAsync();
        var before = await AnswerAsync(service);
        await AssertHealthAsync(service, 1, null);
        if (how == "gone")
            File.Delete(service.ModelPath(1));
        else
            await File.WriteAllBytesAsync(service.ModelPath(1), Broken(how, service));
        Assert.AreEqual(before, await AnswerAsync(service));
        await AssertHealthAsync(service, 1, "is not the one that was read");
        Assert.AreNotEqual(HttpStatusCode.OK, (await service.PostAsync("/versions/1/activate", "")).Status);
        Assert.AreEqual(before, await AnswerAsync(service));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task A_version_for_which_there_is_no_room_is_not_there()
    {
        await using var service = await RunningService.StartAsync();
        File.CreateSymbolicLink(service.ModelPath(2) + ".new", "/dev/full");
        Assert.Throws<IOException>(() => service.Models.Add(stream => stream.Write(new byte[100_000])));
        CollectionAssert.AreEqual(new[] { 1 }, service.Models.Numbers().ToArray());
        Assert.IsFalse(File.Exists(service.ModelPath(2) + ".new"));
        Assert.AreEqual(2, service.Models.Add(stream => stream.Write(File.ReadAllBytes(service.ModelPath(1)))));
    }

    private static byte[] Broken(string how, RunningService service)
    {
        var model = File.ReadAllBytes(service.ModelPath(1));
        return how switch { "cut" => model[..(model.Length / 2)], "empty" => [], "text" => "no model"u8.ToArray(), _ => OfOtherRows() };
    }

    // It reads columns that credits lack.
    private static byte[] OfOtherRows()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable([new { Height = 1f, Width = 2f }, new { Height = 3f, Width = 1f }]);
        var model = ml.Transforms.Concatenate("Size", "Height", "Width").Fit(rows);
        using var stream = new MemoryStream();
        ml.Model.Save(model, rows.Schema, stream);
        return stream.ToArray();
    }

    private static async Task<string> AnswerAsync(RunningService service)
    {
        var (status, text) = await service.PostAsync("/assess", JsonSerializer.Serialize(SampleCredits.Of(3), ServiceJson.Options));
        Assert.AreEqual(HttpStatusCode.OK, status, text);
        return text;
    }

    private static async Task AssertHealthAsync(RunningService service, int number, string? problem)
    {
        var (status, text) = await service.GetAsync("/health");
        Assert.AreEqual(HttpStatusCode.OK, status);
        var health = JsonNode.Parse(text)!;
        Assert.AreEqual(number, (int)health["number"]!);
        var problems = health["problems"]!.AsArray();
        if (problem is null)
            Assert.IsEmpty(problems);
        else
            Assert.Contains(problem, problems.Single()!.ToString());
    }
}
