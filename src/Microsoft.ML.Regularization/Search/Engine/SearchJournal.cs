using System.Text;
using System.Text.Json;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Search;

/// <summary>
/// What a search has done so far, in one file of its folder that is replaced as a whole. A search that is started again asks it before it runs a trial, so it goes the way
/// it went before without training anything twice.
/// </summary>
internal sealed class SearchJournal : IDisposable
{
    private readonly IHost _host;
    private readonly Func<Stream, Stream> _through;
    private readonly FileStream _lock;
    private readonly JournalContent _content;

    private SearchJournal(IHost host, SearchOptions options, string folder, SortedDictionary<string, string> identity)
    {
        (_host, _through, Folder) = (host, options.Through, folder);
        _lock = Lock(host, folder);
        try
        {
            _content = Read() ?? new JournalContent { Identity = identity };
            CheckIdentity(identity);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Folder { get; }

    /// <summary>Seconds that the search had taken when something was last written.</summary>
    public double Seconds => _content.Seconds;

    private string FilePath => Path.Combine(Folder, "search.json");

    /// <exception cref="ArgumentOutOfRangeException">The folder is of another search, or another process searches in it.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    /// <exception cref="FormatException">The journal is damaged.</exception>
    public static SearchJournal Open(IHost host, SearchOptions options, string folder, SortedDictionary<string, string> identity) =>
        new(host, options, folder, identity);

    /// <summary>What came of a trial at a share of its epochs; null where that is not known.</summary>
    public TrialResult? Find(int trial, double share) =>
        _content.Results.Find(result => result.Trial.Number == trial && (result.Share.Equals(share) || (result.HasEnded && result.Share < share)));

    /// <summary>Adds what came of a trial.</summary>
    /// <exception cref="IOException">It could not be written; the journal is as it was.</exception>
    public void Add(TrialResult result, double seconds)
    {
        _content.Results.Add(result);
        Write(seconds);
    }

    /// <summary>Keeps the time that was taken.</summary>
    /// <exception cref="IOException">It could not be written; the journal is as it was.</exception>
    public void Write(double seconds)
    {
        _content.Seconds = seconds;
        AtomicFile.Replace(FilePath, FilePath + ".tmp", file => file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(_content, StrictJson.Options))), _through);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(IHost host, string folder) => LockFile.TryTake(Path.Combine(folder, "lock"))
        ?? throw host.ExceptUserArg(
            nameof(SearchOptions.Folder), $"Another search is going on in the folder '{folder}': wait for its end, or take another Folder.");

    private JournalContent? Read()
    {
        if (!File.Exists(FilePath))
            return null;
        try
        {
            return StrictJson.Read<JournalContent>(File.ReadAllBytes(FilePath));
        }
        catch (JsonException exception)
        {
            throw _host.ExceptDecode(exception, $"The journal '{FilePath}' is damaged: {exception.Message} Take another Folder, or delete this one to search anew.");
        }
    }

    private void CheckIdentity(SortedDictionary<string, string> identity)
    {
        var differences = identity.Keys.Union(_content.Identity.Keys)
            .Where(name => identity.GetValueOrDefault(name) != _content.Identity.GetValueOrDefault(name))
            .Select(name => $"{name} is {identity.GetValueOrDefault(name) ?? "none"}, but was {_content.Identity.GetValueOrDefault(name) ?? "none"}")
            .ToList();
        if (differences.Count > 0)
        {
            throw _host.ExceptUserArg(
                nameof(SearchOptions.Folder),
                $"The folder '{Folder}' is of another search: {string.Join("; ", differences)}. Take another Folder, or delete this one to search anew.");
        }
    }
}
