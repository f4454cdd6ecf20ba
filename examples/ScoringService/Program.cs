using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.ObjectPool;
using Microsoft.ML;
using ScoringService;

var isShort = args.Contains("--short");
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var path = Path.Combine(AppContext.BaseDirectory, "model.zip");
if (!File.Exists(path))
    Training.Save(path);

// A missing number is "NaN" in JSON.
var json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
var builder = WebApplication.CreateBuilder();
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
if (isShort)
    builder.WebHost.UseUrls("http://127.0.0.1:0");

// begin webService
var ml = new MLContext();
var model = ml.Model.Load(path, out _);
ObjectPool<PredictionEngine<Credit, Assessment>> engines =
    new DefaultObjectPool<PredictionEngine<Credit, Assessment>>(new EnginePolicy<Credit, Assessment>(ml, model));

var app = builder.Build();
app.MapPost("/assess", (Credit credit) =>
{
    var engine = engines.Get();
    try
    {
        return engine.Predict(credit);
    }
    finally
    {
        engines.Return(engine);
    }
});
// end webService
if (!isShort)
{
    Console.WriteLine("POST a credit as JSON to /assess. Ctrl+C ends the service.");
    await app.RunAsync();
    return;
}

// The service asks itself, 200 times at once.
await app.StartAsync();
using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
var credit = new Credit { Seniority = 1, Home = "rent", Time = 60, Age = 30, Marital = "single", Records = "yes", Job = "freelance", Expenses = 73, Income = float.NaN, Amount = 800, Price = 846 };
var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
{
    using var answer = await client.PostAsJsonAsync("/assess", credit, json);
    answer.EnsureSuccessStatusCode();
    return await answer.Content.ReadFromJsonAsync<Assessment>();
}));
Console.WriteLine($"{answers.Length} answers, {answers.Select(answer => answer!.Probability).Distinct().Count()} different: will not be repaid with {answers[0]!.Probability:0%}");
await app.StopAsync();
