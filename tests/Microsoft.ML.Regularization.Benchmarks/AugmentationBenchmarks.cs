using BenchmarkDotNet.Attributes;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks;

/// <summary>Reads rows through an augmentation, features and labels, on one core.</summary>
[BenchmarkCategory("augmentations")]
public class AugmentationBenchmarks
{
    private IDataView _view = null!;
    private float[] _numbers = null!;
    private float[] _copy = null!;

    /// <summary>What is measured.</summary>
    [ParamsSource(nameof(Cases))]
    public AugmentationCase Case { get; set; } = null!;

    /// <summary>All that can be measured.</summary>
    public static IEnumerable<AugmentationCase> Cases => AugmentationCase.All;

    /// <summary>Makes the rows.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var source = Case.CreateRows(AugmentationCase.Rows);
        _view = Case.Options is null ? source : new MLContext(1).Data.Augment(source, Case.Options);
        _numbers = new float[AugmentationCase.Rows * Case.RowSize];
        Array.Fill(_numbers, 1f);
        _copy = new float[Case.RowSize];
    }

    /// <summary>Copies as many numbers, row by row.</summary>
    [Benchmark(OperationsPerInvoke = AugmentationCase.Rows)]
    public float Copy()
    {
        for (var row = 0; row < AugmentationCase.Rows; row++)
            _numbers.AsSpan(row * _copy.Length, _copy.Length).CopyTo(_copy);
        return _copy[0];
    }

    /// <summary>Reads all rows.</summary>
    [Benchmark(OperationsPerInvoke = AugmentationCase.Rows)]
    public float Read()
    {
        var schema = _view.Schema;
        if (Case.IsText)
        {
            using var texts = _view.GetRowCursor(schema["Text"]);
            var getter = texts.GetGetter<ReadOnlyMemory<char>>(schema["Text"]);
            ReadOnlyMemory<char> text = default;
            while (texts.MoveNext())
                getter(ref text);
            return text.Length;
        }

        using var cursor = _view.GetRowCursor(schema["Features"], schema["Label"]);
        var features = cursor.GetGetter<VBuffer<float>>(schema["Features"]);
        VBuffer<float> row = default;
        if (schema["Label"].Type is VectorDataViewType)
        {
            var soft = cursor.GetGetter<VBuffer<float>>(schema["Label"]);
            VBuffer<float> label = default;
            while (cursor.MoveNext())
            {
                features(ref row);
                soft(ref label);
            }
        }
        else
        {
            var hard = cursor.GetGetter<uint>(schema["Label"]);
            uint label = 0;
            while (cursor.MoveNext())
            {
                features(ref row);
                hard(ref label);
            }
        }

        return row.Length;
    }
}
