using System.Net;
using System.Text;
using WebService;

namespace Microsoft.ML.Regularization.WebService.Tests;

/// <summary>The service of the example, on loopback, with a model that was trained for two epochs.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private static readonly Lazy<byte[]> Model = new(() =>
    {
        var model = Array.Empty<byte>();
        new CreditModel(shortRuns: true).Train(save =>
        {
            using var stream = new MemoryStream();
            save(stream);
            model = stream.ToArray();
        });
        return model;
    });

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private RunningService(string folder, WebApplication app)
    {
        (Folder, _app) = (folder, app);
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public string Folder { get; }

    public string Database => Path.Combine(Folder, "feedback.db");

    public ModelStore Models => _app.Services.GetRequiredService<ModelStore>();

    public FeedbackStore Feedback => _app.Services.GetRequiredService<FeedbackStore>();

    public static async Task<RunningService> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("web-service").FullName;
        var models = Directory.CreateDirectory(Path.Combine(folder, "models")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(models, "model-0001.zip"), Model.Value);
        var app = Service.Build(folder, "http://127.0.0.1:0", shortRuns: true);
        await app.StartAsync();
        return new RunningService(folder, app);
    }

    public string ModelPath(int number) => Path.Combine(Folder, "models", $"model-{number:0000}.zip");

    /// <summary>Sends JSON, and returns the status and the text of the answer.</summary>
    public async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var reply = await _http.PostAsync(path, content);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var reply = await _http.GetAsync(path);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
