using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// The column of a student's labels, in place of the rows' own: for classes a distribution over those of the network, in its order. Rows that the teacher does not
/// predict keep their label.
/// </summary>
/// <param name="columns">The rows'.</param>
/// <param name="predictions">The teacher's.</param>
/// <param name="targets">Mixes both.</param>
internal sealed class DistilledLabel(TrainingColumns columns, TeacherPredictions predictions, SoftTargets targets) : ComputedColumn(columns.Label.Name, TypeOf(columns.Target))
{
    public override IReadOnlyList<string> Reads => [Name];

    public override Delegate Bind(DataViewRow row)
    {
        var size = columns.Target.TargetSize;
        var label = TargetReader.Create(row, row.Schema[Name], size, columns.ClassTranslation);
        var idGetter = row.GetIdGetter();
        if (columns.Target.ClassCount is null)
        {
            return (ValueGetter<float>)((ref number) => Read(new Span<float>(ref number)));
        }

        return (ValueGetter<VBuffer<float>>)((ref shares) =>
        {
            var editor = VBufferEditor.Create(ref shares, size);
            Read(editor.Values);
            shares = editor.Commit();
        });

        void Read(Span<float> target)
        {
            DataViewRowId id = default;
            idGetter(ref id);
            if (!label.TryRead(out _))
            {
                target.Fill(float.NaN);
                return;
            }

            var own = new RowLabel(label.HasClass ? label.Class : null, label.Values, weight: 1);
            if (predictions[id] is { Length: > 0 } prediction)
                targets.Mix(prediction, own, target);
            else
                own.CopyTo(target);
        }
    }

    private static DataViewType TypeOf(LearningTarget target) =>
        target.ClassCount is null ? NumberDataViewType.Single : new VectorDataViewType(NumberDataViewType.Single, target.TargetSize);
}
