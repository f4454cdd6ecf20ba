using System.Globalization;

namespace WebService;

/// <summary>
/// Numbered model files in a folder, and the one that serves. A version is read and tried before it takes the place of another; requests that are under way end with the one they began with.
/// </summary>
internal sealed class ModelStore
{
    private const string CurrentName = "current.txt";

    private readonly string _folder;
    private readonly ILogger _logger;
    private readonly Lock _changing = new();
    private ModelVersion? _current;
    private string? _refusal;
    private long _swaps;

    /// <param name="folder">Is created where it is missing.</param>
    /// <param name="logger">Is told which version serves, and of files that cannot.</param>
    public ModelStore(string folder, ILogger logger)
    {
        (_folder, _logger) = (folder, logger);
        Directory.CreateDirectory(folder);
        _current = Numbers().OrderByDescending(number => number == MarkedCurrent()).ThenByDescending(number => number).Select(TryLoad).FirstOrDefault(version => version is not null);
    }

    /// <summary>The version that serves; null before there is one.</summary>
    public ModelVersion? Current => Volatile.Read(ref _current);

    /// <summary>Why not the version serves that should, or would not after a restart; null where all is well.</summary>
    public string? Problem => Volatile.Read(ref _refusal) ?? Current?.Problem;

    /// <summary>How often another version took over.</summary>
    public long Swaps => Interlocked.Read(ref _swaps);

    /// <summary>The numbers of all versions, ascending.</summary>
    public IReadOnlyList<int> Numbers() =>
        [.. Directory.EnumerateFiles(_folder, "model-*.zip").Select(path => int.TryParse(Path.GetFileNameWithoutExtension(path)[6..], CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0).Order()];

    /// <summary>Keeps a model as a new version, which does not serve yet.</summary>
    /// <param name="save">Writes it.</param>
    public int Add(Action<Stream> save)
    {
        lock (_changing)
        {
            var number = Numbers() is [.., var last] ? last + 1 : 1;
            var unfinished = PathOf(number) + ".new";
            try
            {
                using (var stream = File.Create(unfinished))
                    save(stream);
                File.Move(unfinished, PathOf(number));
                return number;
            }
            catch
            {
                File.Delete(unfinished);
                throw;
            }
        }
    }

    /// <summary>Lets a version serve.</summary>
    /// <exception cref="FileNotFoundException">There is no such version.</exception>
    /// <exception cref="InvalidDataException">Its file is no model; the version before serves on.</exception>
    public ModelVersion Activate(int number)
    {
        lock (_changing)
        {
            var version = Load(number);
            var mark = Path.Combine(_folder, CurrentName);
            File.WriteAllText(mark + ".new", number.ToString(CultureInfo.InvariantCulture));
            File.Move(mark + ".new", mark, overwrite: true);
            Volatile.Write(ref _current, version);
            Volatile.Write(ref _refusal, null);
            Interlocked.Increment(ref _swaps);
            Log.Serves(_logger, number);
            return version;
        }
    }

    private ModelVersion Load(int number)
    {
        try
        {
            return ModelVersion.Load(number, PathOf(number));
        }
        catch (InvalidDataException exception)
        {
            Volatile.Write(ref _refusal, exception.Message);
            throw;
        }
    }

    private string PathOf(int number) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"model-{number:0000}.zip"));

    private int MarkedCurrent() =>
        File.Exists(Path.Combine(_folder, CurrentName)) && int.TryParse(File.ReadAllText(Path.Combine(_folder, CurrentName)), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private ModelVersion? TryLoad(int number)
    {
        try
        {
            return Load(number);
        }
        catch (InvalidDataException exception)
        {
            Log.IsBroken(_logger, exception.Message);
            return null;
        }
    }
}
