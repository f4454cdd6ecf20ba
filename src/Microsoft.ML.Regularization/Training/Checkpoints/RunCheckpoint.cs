using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The checkpoint file of one training run: its content, if it exists, and whether it belongs to this run.</summary>
internal sealed class RunCheckpoint
{
    private const string LastName = "last";
    private const string RetrainingName = "retraining";
    private const string StudentName = "student";
    private const string TeacherField = "teacher";
    private const string BestName = "best";
    private const string Format = "1";

    private const string FormatSection = "format";
    private const string SeedSection = "seed";
    private const string EnvironmentSection = "environment";
    private const string RunSection = "run";
    private const string SeedField = "Seed";

    /// <summary>The name under which a run stores the values that its keys stand for.</summary>
    public const string KeysName = "keys";

    private readonly IHost _host;
    private readonly CheckpointFolder _folder;
    private readonly string _name;
    private readonly CheckpointIdentity _identity;
    private CheckpointState? _found;

    private RunCheckpoint(IHost host, CheckpointFolder folder, string name, string? teacher = null)
    {
        (_host, _folder, _name) = (host, folder, name);
        var content = Read();

        // A teacher that went on meanwhile has another student.
        if (teacher is not null && content?.Description[StudentName]?[TeacherField]?.GetValue<string>() != teacher)
            content = null;
        _identity = new CheckpointIdentity(host, folder.Options.Folder, content?.Description);
        _identity.Agree(FormatSection, new Dictionary<string, string>
        {
            ["version of the file format"] = Format,
            ["version of the library"] = typeof(RunCheckpoint).Assembly.GetName().Version!.ToString(),
        });
        _found = content is null ? null : CheckpointState.Read((JsonObject)content.Description[RunSection]!, content.Tensors);
    }

    public CheckpointOptions Options => _folder.Options;

    /// <exception cref="FormatException">The file is damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The file is of another version.</exception>
    public static RunCheckpoint Open(IHost host, CheckpointFolder folder) => new(host, folder, LastName);

    /// <summary>The checkpoint of retraining for a number of epochs after this run, with this run's identity.</summary>
    public RunCheckpoint OpenRetraining(int epochs)
    {
        var own = OpenNext(_name == LastName ? RetrainingName : $"{_name}-{RetrainingName}", teacher: null);
        own.Agree(RetrainingName, new Dictionary<string, string> { ["epochs of training anew"] = epochs.ToString(CultureInfo.InvariantCulture) });
        return own;
    }

    /// <summary>The checkpoint of a student's run after this one, with this run's identity. One of another teacher's student is not read.</summary>
    /// <param name="teacher">Tells teachers apart.</param>
    public RunCheckpoint OpenStudent(string teacher)
    {
        var own = OpenNext(StudentName, teacher);
        own.Agree(StudentName, new Dictionary<string, string> { [TeacherField] = teacher });
        return own;
    }

    /// <summary>The seed of the run: the given one, otherwise the checkpoint's, otherwise the one that was drawn.</summary>
    public int AgreeOnSeed(int? asked, int drawn)
    {
        var found = _identity.Found(SeedSection, SeedField);
        var seed = asked ?? (found is null ? drawn : Read(() => SeedOf(found)));
        Agree(SeedSection, new Dictionary<string, string> { [SeedField] = seed.ToString(CultureInfo.InvariantCulture) });
        return seed;
    }

    /// <exception cref="ArgumentOutOfRangeException">The checkpoint has different values.</exception>
    public void Agree(string section, IReadOnlyDictionary<string, string> fields) => _identity.Agree(section, fields);

    /// <summary>A value of the state that was found, which stays available; null if there is none.</summary>
    public T? Find<T>(string name)
        where T : class => _found is { } state ? Read(() => state.Value<T?>(name, null)) : null;

    /// <summary>The values that keys stand for in the run that was found; null if there is none.</summary>
    public NetworkKeys? FindKeys() => _found is { } state && Read(() => state.Bytes(KeysName, null)) is { } bytes ? NetworkKeys.Read(_host, bytes) : null;

    /// <summary>Restores the state that was found, if there is one.</summary>
    public bool TryRestore(IChannel channel, ICheckpointed run, torch.Device device)
    {
        var differences = _identity.Add(EnvironmentSection, new Dictionary<string, string>
        {
            ["number of torch threads"] = torch.get_num_threads().ToString(CultureInfo.InvariantCulture),
            ["device"] = device.ToString(),
            ["width of vectors"] = System.Numerics.Vector<float>.Count.ToString(CultureInfo.InvariantCulture),
            ["version of TorchSharp"] = typeof(torch).Assembly.GetName().Version!.ToString(),
        });
        if (_found is not { } state)
            return false;

        if (differences.Count > 0)
            channel.Warning($"The run goes on, but not bit for bit as it would have: {string.Join("; ", differences)}.");
        Read(() =>
        {
            run.Checkpoint(state);
            return true;
        });
        _found = null;
        return true;
    }

    /// <exception cref="IOException">The file could not be written; the previous one is intact.</exception>
    public void Write(ICheckpointed run)
    {
        var state = CheckpointState.Of(run);
        var description = _identity.ToJson();
        description[RunSection] = state.Values;
        _folder.Replace(_name, file => CheckpointFile.Write(file, new CheckpointContent(description, [.. state.Tensors])));
    }

    /// <summary>Writes the weights of the best epoch for other programs to read. Retraining has no best epoch.</summary>
    /// <exception cref="IOException">The file could not be written; the previous one is intact.</exception>
    public void WriteBest(NetworkWeights weights)
    {
        if (_name is LastName or StudentName)
            _folder.Replace(BestName, file => file.Write(Safetensors.Write(weights)));
    }

    private RunCheckpoint OpenNext(string name, string? teacher)
    {
        var own = new RunCheckpoint(_host, _folder, name, teacher);
        foreach (var (section, fields) in _identity.Sections.Where(section => section.Key != EnvironmentSection))
            own.Agree(section, fields);
        return own;
    }

    private CheckpointContent? Read()
    {
        var path = _folder.PathOf(_name);
        if (!File.Exists(path))
            return null;

        return Read(() =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var content = CheckpointFile.Read(file);
            CheckSections(content.Description);
            return content;
        });
    }

    // The run's own state is an object, and all others are texts by name.
    private static void CheckSections(JsonObject description)
    {
        foreach (var name in description.Select(section => section.Key).Append(RunSection))
        {
            if (description[name] is not JsonObject section
                || (name != RunSection && section.Any(field => field.Value is not { } value || value.GetValueKind() != JsonValueKind.String)))
            {
                throw new InvalidDataException($"its section '{name}' is damaged");
            }
        }
    }

    private static int SeedOf(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var seed) ? seed : throw new InvalidDataException($"its seed is '{text}'");

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or NotSupportedException)
        {
            throw _host.ExceptDecode(
                exception,
                $"The checkpoint '{_folder.PathOf(_name)}' is damaged: {exception.Message.TrimEnd('.')}. Take another Folder, or delete this one to train anew.");
        }
    }
}
