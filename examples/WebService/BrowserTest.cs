using System.Diagnostics;

namespace WebService;

/// <summary>Opens the page in headless Chromium, asks about the credit that stands in it, tells how it went, and takes a picture.</summary>
internal sealed class BrowserTest(string folder, string? picture)
{
    /// <returns>Whether all went well.</returns>
    public async Task<bool> RunAsync()
    {
        await using var app = Service.Build(folder, "http://127.0.0.1:0", shortRuns: false);
        var models = app.Services.GetRequiredService<ModelStore>();
        if (models.Current is null)
            app.Services.GetRequiredService<CreditModel>().Train(save => models.Activate(models.Add(save)));
        await app.StartAsync();
        var (url, feedback) = (app.Urls.Single(), app.Services.GetRequiredService<FeedbackStore>());
        var probability = Math.Round(100 * models.Current!.Assess(SampleCredits.Risky with { Home = "owner", Marital = "married", Job = "fixed" }).Probability);

        var asked = await OpenAsync("--dump-dom", url + "/#ask");
        var isAnswered = asked.Contains($"{probability} % that it will not be repaid", StringComparison.Ordinal) && asked.Contains("class=\"bar", StringComparison.Ordinal);
        var before = feedback.Count();
        var told = await OpenAsync("--dump-dom", url + "/#learn");
        var isLearned = told.Contains("Thank you", StringComparison.Ordinal) && feedback.Count() == before + 1;
        if (picture is not null)
            await OpenAsync($"--screenshot={Path.GetFullPath(picture)}", url + "/#ask");
        Console.WriteLine($"The page shows the model's {probability} % and its reasons: {isAnswered}. What became known is kept: {isLearned}.");
        await app.StopAsync();
        return isAnswered && isLearned;
    }

    private static async Task<string> OpenAsync(string what, string url)
    {
        var start = new ProcessStartInfo("chromium") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=900,820", "--virtual-time-budget=8000", what, url })
            start.ArgumentList.Add(argument);
        using var chromium = Process.Start(start)!;
        var errors = chromium.StandardError.ReadToEndAsync();
        var page = await chromium.StandardOutput.ReadToEndAsync();
        await chromium.WaitForExitAsync();
        await errors;
        return page;
    }
}
