using System.Globalization;
using WebService;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Where models and feedback are kept.
var data = Path.Combine(AppContext.BaseDirectory, "data");
switch (args)
{
    case ["--short"]:
        return await InFreshFolderAsync(folder => new LoadTest(folder, clients: 10, swaps: 3, TimeSpan.FromSeconds(0.5)).RunAsync());
    case ["--load"]:
        return await InFreshFolderAsync(folder => new LoadTest(folder, clients: 50, swaps: 6, TimeSpan.FromSeconds(5)).RunAsync());
    case ["--browser", .. var rest]:
        return await InFreshFolderAsync(folder => new BrowserTest(folder, rest.FirstOrDefault()).RunAsync());
}

await using var app = Service.Build(data, args.FirstOrDefault() ?? "http://127.0.0.1:5000", shortRuns: false);
var models = app.Services.GetRequiredService<ModelStore>();
if (models.Current is null)
{
    Console.WriteLine("There is no model yet: one is trained, which takes some seconds.");
    app.Services.GetRequiredService<CreditModel>().Train(save => models.Activate(models.Add(save)));
}

await app.RunAsync();
return 0;

static async Task<int> InFreshFolderAsync(Func<string, Task<bool>> run)
{
    var folder = Directory.CreateTempSubdirectory("credit-service").FullName;
    try
    {
        return await run(folder) ? 0 : 1;
    }
    finally
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
