using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>A teacher's predictions of rows, by the rows' ids: numbers, the probability of true, or that of each class.</summary>
/// <param name="link">From the teacher's outputs to predictions.</param>
/// <param name="width">Outputs of a row.</param>
internal sealed class TeacherPredictions(OutputLink link, int width)
{
    private readonly Dictionary<DataViewRowId, int> _places = [];
    private readonly List<float[]> _predictions = [];

    public int Count => _predictions.Count;

    /// <param name="id">The row's.</param>
    /// <param name="outputs">The teacher's for it.</param>
    public void Add(DataViewRowId id, ReadOnlySpan<float> outputs)
    {
        var prediction = outputs[..width].ToArray();
        link.Apply(prediction);
        _places[id] = _predictions.Count;
        _predictions.Add(prediction);
    }

    /// <summary>The prediction of a row; empty where the teacher has none.</summary>
    public ReadOnlySpan<float> this[DataViewRowId id] => _places.TryGetValue(id, out var place) ? _predictions[place] : [];

    /// <summary>Tells teachers apart.</summary>
    public string Checksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var prediction in _predictions)
            hash.AppendData(MemoryMarshal.AsBytes<float>(prediction));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
