using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A model and the columns that it is bound to.</summary>
internal sealed record ModelBinding(ISchemaBindableMapper Model, RoleMappedSchema Roles)
{
    public DataViewSchema Schema => Roles.Schema;

    /// <summary>The column of features; null where there is none.</summary>
    public string? FeatureColumnName => Roles.Feature?.Name;
}
