using System.Text;
using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Scoring;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The base of transformers that add columns about a trained network's predictions. Where nothing else is said, each has the type of a prediction: a vector of float
/// with a number for each class, named by the slot names of the model's score column where the rows have one, or a float for two classes or a regression.
/// </summary>
public abstract class NetworkColumnsTransformer : RowMappingTransformer
{
    private protected NetworkColumnsTransformer(IHostEnvironment env, string name)
        : base(env, name)
    {
    }

    /// <summary>The type of the columns.</summary>
    internal DataViewType PredictionType => Trained.Task.PredictionType(Trained.Outputs);

    private protected abstract TrainedNetwork Trained { get; }

    private protected abstract string? FeatureColumnName { get; }

    private protected abstract IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The same columns of another network.</summary>
    internal abstract NetworkColumnsTransformer WithNetwork(TrainedNetwork network);

    /// <summary>Computes the values of a row. Called from many threads.</summary>
    /// <param name="features">The row, as the network reads it.</param>
    /// <param name="values">Receives the numbers of each column.</param>
    private protected abstract void Compute(ReadOnlySpan<float> features, float[][] values);

    /// <summary>Reads options that were written as JSON.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="owner">Whose they are, for messages.</param>
    /// <param name="validate">Refuses those that cannot be.</param>
    /// <exception cref="FormatException">There are no such options.</exception>
    private protected TOptions ReadOptions<TOptions>(ModelReader reader, string owner, Action<TOptions> validate)
    {
        var json = reader.ReadText();
        try
        {
            var options = StrictJson.Read<TOptions>(Encoding.UTF8.GetBytes(json));
            validate(options);
            return options;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw Host.ExceptDecode(exception, $"The options of {owner} cannot be read: the model file is damaged or was written by a newer version.");
        }
    }

    /// <summary>The columns that are added: each with the type of a prediction, unless they are others.</summary>
    private protected virtual DataViewSchema.DetachedColumn[] OutputsFor(DataViewSchema schema) =>
        [.. ColumnNames.Select(name => new DataViewSchema.DetachedColumn(name, PredictionType, ClassAnnotations.OfScores(schema, PredictionType)))];

    private protected override RowMapping Bind(DataViewSchema schema) => new Mapping(this, schema);

    private sealed class Mapping(NetworkColumnsTransformer parent, DataViewSchema schema) : RowMapping
    {
        private readonly InputColumns _columns = InputColumns.Find(parent.Host, schema, parent.FeatureColumnName, parent.Trained.Input, parent.Trained.Keys);

        public override DataViewSchema.DetachedColumn[] Outputs { get; } = parent.OutputsFor(schema);

        public override bool Reads(int column) => _columns.All.Any(read => read.Index == column);

        public override Delegate[] CreateGetters(DataViewRow row, Func<int, bool> isActive)
        {
            var values = new RowValues(parent, row, _columns, Outputs);
            return [.. Enumerable.Range(0, Outputs.Length).Select(output => isActive(output) ? CreateGetter(values, output) : null!)];
        }

        private Delegate CreateGetter(RowValues values, int output)
        {
            if (Outputs[output].Type is not VectorDataViewType)
                return (ValueGetter<float>)((ref float value) => value = values.Current[output][0]);

            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var current = values.Current[output];
                var editor = VBufferEditor.Create(ref value, current.Length);
                current.CopyTo(editor.Values);
                value = editor.Commit();
            });
        }
    }

    /// <summary>The values of a cursor's current row, computed once for all columns.</summary>
    private sealed class RowValues(NetworkColumnsTransformer parent, DataViewRow row, InputColumns columns, DataViewSchema.DetachedColumn[] outputs)
    {
        private readonly RowInput _input = new(parent.Host, parent.Trained, columns, row);
        private readonly float[][] _current = Array.ConvertAll(outputs, output => new float[output.Type is VectorDataViewType vector ? vector.Size : 1]);
        private long _position = long.MinValue;

        public float[][] Current
        {
            get
            {
                if (_position != row.Position)
                {
                    parent.Compute(_input.Read(), _current);
                    _input.CheckOutputs(_current[0], row.Position);
                    _position = row.Position;
                }

                return _current;
            }
        }
    }
}
