namespace GraphCompiler.Runtime;

/// <summary>Looks at the values of a run after it computed them, and before it changes any variable.</summary>
internal interface IRunCheck
{
    /// <summary>Throws where a value is not what it should be: the run ends there.</summary>
    void Check(RunValues values);
}
