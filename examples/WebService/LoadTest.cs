using System.Collections.Concurrent;
using System.Diagnostics;

namespace WebService;

/// <summary>
/// Asks the service from many clients at once while its model is swapped, and compares each answer with what the version that it names says by itself. A broken file, an unknown version and a credit
/// that does not fit are tried meanwhile.
/// </summary>
internal sealed class LoadTest(string folder, int clients, int swaps, TimeSpan between)
{
    private const int Credits = 40;

    private readonly ConcurrentBag<double> _milliseconds = [];
    private int _failures;
    private int _differences;

    /// <returns>Whether all went well.</returns>
    public async Task<bool> RunAsync()
    {
        await using var app = Service.Build(folder, "http://127.0.0.1:0", shortRuns: true);
        var models = app.Services.GetRequiredService<ModelStore>();
        Fill(models, app.Services.GetRequiredService<CreditModel>());
        var expected = models.Numbers().ToDictionary(number => number, number => Probabilities(models.Activate(number)));
        await app.StartAsync();

        using var end = new CancellationTokenSource();
        var asking = Enumerable.Range(0, clients).Select(client => AskAsync(app.Urls.Single(), client, expected, end.Token)).ToList();
        using var operation = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var (refusals, clock) = (0, Stopwatch.StartNew());
        for (var swap = 0; swap < swaps; swap++)
        {
            await Task.Delay(between);
            await operation.PostAsync($"/versions/{swap % models.Numbers().Count + 1}/activate", null);
            refusals += await IsRefusedAsync(operation, swap);
        }

        var trained = await RetrainAsync(operation, models);
        await Task.Delay(between);
        await end.CancelAsync();
        await Task.WhenAll(asking);
        var seconds = clock.Elapsed.TotalSeconds;
        var times = _milliseconds.Order().ToArray();
        Console.WriteLine($"{clients} clients, {swaps} swaps, {seconds:0.0} s: {times.Length:N0} answers ({times.Length / seconds:N0} a second), {_failures} failed, {_differences} differ from their version's own.");
        Console.WriteLine($"Half of the answers came within {times[times.Length / 2]:0.0} ms, 99 % within {times[times.Length * 99 / 100]:0.0} ms. {refusals} of {swaps} bad requests were refused, and nothing changed by them.");
        Console.WriteLine($"Feedback trained version {models.Numbers()[^1]} in the background; version {models.Current!.Number} serves.");
        await app.StopAsync();
        return trained && _failures == 0 && _differences == 0 && refusals == swaps;
    }

    private static void Fill(ModelStore models, CreditModel training)
    {
        if (models.Numbers().Count == 0)
            training.Train(save => models.Activate(models.Add(save)));
        while (models.Numbers().Count < 3)
            training.TrainOn(models.Current!.Model, [], save => models.Activate(models.Add(save)));
    }

    private static float[] Probabilities(ModelVersion version) => [.. Enumerable.Range(0, Credits).Select(number => version.Assess(SampleCredits.Of(number)).Probability)];

    private async Task AskAsync(string url, int client, Dictionary<int, float[]> expected, CancellationToken end)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        for (var turn = client; !end.IsCancellationRequested; turn++)
        {
            var (number, start) = (turn % Credits, Stopwatch.GetTimestamp());
            using var reply = await http.PostAsJsonAsync("/assess", SampleCredits.Of(number), ServiceJson.Options, CancellationToken.None);
            if (!reply.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref _failures);
                continue;
            }

            var answer = await reply.Content.ReadFromJsonAsync<Answer>(ServiceJson.Options, CancellationToken.None);
            _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (expected.TryGetValue(answer!.Version, out var probabilities) && !probabilities[number].Equals(answer.Probability))
                Interlocked.Increment(ref _differences);
        }
    }

    // Of what became known a version is trained while the others serve; whether it takes over, the held-out rows decide.
    private static async Task<bool> RetrainAsync(HttpClient http, ModelStore models)
    {
        var before = models.Numbers().Count;
        for (var number = 0; number < Credits; number++)
            await http.PostAsJsonAsync("/feedback", SampleCredits.Of(number) with { Status = number % 3 == 0 ? "bad" : "good" }, ServiceJson.Options);
        await http.PostAsync("/retrain", null);
        for (var wait = 0; wait < 600 && !(await http.GetStringAsync("/metrics")).Contains("credit_trainings_total 1", StringComparison.Ordinal); wait++)
            await Task.Delay(100);
        return models.Numbers().Count == before + 1;
    }

    // Each must be refused, and leave what serves as it is.
    private async Task<int> IsRefusedAsync(HttpClient http, int turn)
    {
        var before = await http.GetStringAsync("/versions");
        var reply = (turn % 3) switch
        {
            0 => await SwapBrokenAsync(http),
            1 => await http.PostAsync("/versions/4711/activate", null),
            _ => await http.PostAsJsonAsync("/feedback", SampleCredits.Risky with { Status = "perhaps", Age = -3 }, ServiceJson.Options),
        };
        return (int)reply.StatusCode is >= 400 and < 500 && await http.GetStringAsync("/versions") == before ? 1 : 0;
    }

    private async Task<HttpResponseMessage> SwapBrokenAsync(HttpClient http)
    {
        var path = Path.Combine(folder, "models", "model-9999.zip");
        await File.WriteAllTextAsync(path, "no model");
        var reply = await http.PostAsync("/versions/9999/activate", null);
        File.Delete(path);
        return reply;
    }
}
