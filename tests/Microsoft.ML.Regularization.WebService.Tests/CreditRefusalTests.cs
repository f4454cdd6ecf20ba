using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using WebService;

namespace Microsoft.ML.Regularization.WebService.Tests;

/// <summary>Rows that do not fit are refused by name, and nothing is kept of them.</summary>
[TestClass]
public sealed class CreditRefusalTests
{
    private static RunningService s_service = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext context) => s_service = await RunningService.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await s_service.DisposeAsync();

    [TestMethod]
    [DataRow("age", "\"old\"", "age")]
    [DataRow("age", "true", "age")]
    [DataRow("age", "[30]", "age")]
    [DataRow("age", "null", "age")]
    [DataRow("age", "\"Infinity\"", "Age")]
    [DataRow("amount", "\"-Infinity\"", "Amount")]
    [DataRow("amount", "1e400", "Amount")]
    [DataRow("age", "-3", "Age is -3")]
    [DataRow("home", "null", "home")]
    [DataRow("home", "7", "home")]
    [DataRow("home", "\"castle\"", "Home must be one of")]
    [DataRow("records", "\"\"", "Records must be one of")]
    [DataRow("status", "\"perhaps\"", "Status")]
    [DataRow("shoeSize", "44", "shoeSize")]
    public async Task A_field_with_what_does_not_fit(string field, string value, string named)
    {
        var credit = Credit();
        credit[field] = JsonNode.Parse(value);
        await AssertRefusedAsync(HttpStatusCode.BadRequest, credit.ToJsonString(), named);
    }

    [TestMethod]
    [DataRow("age")]
    [DataRow("home")]
    [DataRow("price")]
    public async Task A_field_that_is_missing(string field)
    {
        var credit = Credit();
        credit.Remove(field);
        await AssertRefusedAsync(HttpStatusCode.BadRequest, credit.ToJsonString(), field);
    }

    [TestMethod]
    public Task Feedback_without_how_it_went()
    {
        var credit = Credit();
        credit.Remove("status");
        return AssertRefusedAsync(HttpStatusCode.BadRequest, credit.ToJsonString(), "Status");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("{\"age\":")]
    public Task What_is_no_credit(string json) => AssertRefusedAsync(HttpStatusCode.BadRequest, json, "");

    [TestMethod]
    public Task A_field_twice() => AssertRefusedAsync(HttpStatusCode.BadRequest, Credit().ToJsonString()[..^1] + ",\"age\":40}", "age");

    [TestMethod]
    public Task What_is_too_long() => AssertRefusedAsync(HttpStatusCode.RequestEntityTooLarge, Credit().ToJsonString().PadRight(17_000), "");

    [TestMethod]
    public async Task What_fits_is_kept_and_answered()
    {
        var before = s_service.Feedback.Count();
        var credit = Credit();
        credit["income"] = "NaN";
        Assert.AreEqual(HttpStatusCode.Accepted, (await s_service.PostAsync("/feedback", credit.ToJsonString())).Status);
        Assert.AreEqual(before + 1, s_service.Feedback.Count());
        Assert.AreEqual("good", s_service.Feedback.Read()[^1].Status);
        credit.Remove("status");
        Assert.AreEqual(HttpStatusCode.OK, (await s_service.PostAsync("/assess", credit.ToJsonString())).Status);
    }

    private static JsonObject Credit() => JsonSerializer.SerializeToNode(SampleCredits.Of(1) with { Status = "good", Income = 100 }, ServiceJson.Options)!.AsObject();

    private static async Task AssertRefusedAsync(HttpStatusCode expected, string json, string named)
    {
        var before = s_service.Feedback.Count();
        var (status, text) = await s_service.PostAsync("/feedback", json);
        Assert.AreEqual(expected, status, text);
        Assert.Contains(named, text);
        Assert.AreEqual(before, s_service.Feedback.Count());
    }
}
