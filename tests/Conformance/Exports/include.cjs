// Reads CloudFormation templates with the CDK's CfnInclude, and prints what it refuses.
const cdk = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');

for (const templateFile of process.argv.slice(2)) {
  try {
    const stack = new cdk.Stack(new cdk.App(), 'Stack');
    new CfnInclude(stack, 'Template', { templateFile });
    stack.resolve(stack._toCloudFormation());
  } catch (error) {
    console.log(templateFile + ': ' + error.message);
  }
}
