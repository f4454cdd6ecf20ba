using System.Globalization;
using System.Text.Json;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>The files of a fit that several processes work on: what it follows from, common models, losses, and networks of groups, some in each file.</summary>
/// <param name="host">The environment.</param>
/// <param name="ml">Reads and writes models.</param>
/// <param name="path">The folder.</param>
internal sealed class GroupFolder(IHost host, MLContext ml, string path)
{
    public string Path => path;

    /// <summary>Takes the folder for a fit.</summary>
    /// <returns>Holds it until it is disposed of.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is that of another fit, or another process has it.</exception>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public IDisposable Take(GroupSettings settings)
    {
        var held = LockFile.TryTake(In("lock"))
            ?? throw host.ExceptUserArg(nameof(GroupOptions.Folder), $"Folder '{path}' is in use: another fit of each group works in it.");
        try
        {
            if (!File.Exists(In("fit.json")))
                AtomicFile.Replace(In("fit.json"), Json(settings));
            else if (Settings() != settings)
                throw host.ExceptUserArg(nameof(GroupOptions.Folder), $"Folder '{path}' is of a fit of other rows, another group column or other options: name another one, or delete it.");
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>What the fit follows from.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public GroupSettings Settings() => Read<GroupSettings>("fit.json");

    /// <summary>Null where it is not there, or damaged.</summary>
    public CommonModel? FindCommon(string name) =>
        File.Exists(In($"{name}.json")) && Load($"{name}.zip") is { } model ? new CommonModel(NetworkChain.Of(host, nameof(model), model), Read<FittedColumns>($"{name}.json")) : null;

    /// <summary>Another one where the model is another one.</summary>
    public string VersionOf(string name) => string.Create(CultureInfo.InvariantCulture, $"{In(name)} {File.GetLastWriteTimeUtc(In($"{name}.zip")):O}");

    public void SaveCommon(string name, CommonModel common)
    {
        Save($"{name}.zip", common.Chain.With(common.Chain.Own));
        AtomicFile.Replace(In($"{name}.json"), Json(common.Columns));
    }

    /// <summary>Groups of which some have networks; null where they are not there, or damaged.</summary>
    public GroupTransformer? FindGroups(int first) => Load(NameOf(first)) is { } model ? ChainLinks.Of(model).Select(link => link.Transformer).OfType<GroupTransformer>().Single() : null;

    public void SaveGroups(int first, GroupTransformer groups) => Save(NameOf(first), groups);

    /// <summary>Null where they are not there.</summary>
    public double[]? FindLosses() => File.Exists(In("losses.json")) ? Read<double[]>("losses.json") : null;

    public void SaveLosses(double[] losses) => AtomicFile.Replace(In("losses.json"), Json(losses));

    private static string NameOf(int first) => string.Create(CultureInfo.InvariantCulture, $"groups-{first}.zip");

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, StrictJson.Options);

    private string In(string name) => System.IO.Path.Combine(path, name);

    private T Read<T>(string name)
    {
        try
        {
            return StrictJson.Read<T>(File.ReadAllBytes(In(name)));
        }
        catch (JsonException exception)
        {
            throw host.ExceptDecode(exception, $"The file '{In(name)}' is damaged: {exception.Message}");
        }
    }

    private void Save(string name, ITransformer model) => ModelArchive.Replace(ml.Model, model, inputSchema: null, In(name));

    private ITransformer? Load(string name)
    {
        try
        {
            return File.Exists(In(name)) ? ml.Model.Load(In(name), out _) : null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or InvalidOperationException or EndOfStreamException)
        {
            File.Delete(In(name));
            return null;
        }
    }
}
