using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>One column: the probability of each class.</summary>
internal sealed class ClassScores(int classes, OutputLink link) : ScoreColumns
{
    public override DataViewSchema Schema { get; } = ScoreSchemas.Classes(new VectorDataViewType(NumberDataViewType.Single, classes));

    public override Delegate CreateGetter(INetworkOutputs prediction, int column) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> scores) =>
    {
        var editor = VBufferEditor.Create(ref scores, classes);
        prediction.Outputs.CopyTo(editor.Values);
        link.Apply(editor.Values);
        scores = editor.Commit();
    });

    public override Delegate CreateMapper(RowScorer score) => (RowScore<VBuffer<float>>)(
        (in VBuffer<float> source, ref VBuffer<float> scores) =>
        {
            var editor = VBufferEditor.Create(ref scores, classes);
            score(source, editor.Values);
            link.Apply(editor.Values);
            scores = editor.Commit();
        });
}
